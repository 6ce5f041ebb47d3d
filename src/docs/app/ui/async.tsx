import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

type State<T> = { readonly value?: T; readonly problem?: string };

/** What a promise gave, anew when `key` changes. */
export function useLoaded<T>(key: string, load: () => Promise<T>): State<T> {
  const [state, set] = useState<State<T> & { readonly key: string }>({ key });
  useEffect(() => {
    let current = true;
    load().then(
      (value) => current && set({ key, value }),
      (cause: Error) => current && set({ key, problem: cause.message }),
    );
    return () => {
      current = false;
    };
  }, [key]);
  return state.key === key ? state : {};
}

interface LoadedProps<T> {
  readonly of: string;
  readonly load: () => Promise<T>;
  readonly children: (value: T) => ComponentChildren;
}

/** Shows what a promise gives; a sentence while it is awaited or where it failed. */
export function Loaded<T>({ of, load, children }: LoadedProps<T>): ComponentChildren {
  const { value, problem } = useLoaded(of, load);
  if (problem !== undefined) return <Problem text={problem} />;
  return value === undefined ? (
    <p class="soft" aria-busy="true">
      Loading …
    </p>
  ) : (
    children(value)
  );
}

export function Problem({ text }: { readonly text: string }) {
  return (
    <p class="problem" role="alert">
      {text}
    </p>
  );
}

export function Empty({ children }: { readonly children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}
