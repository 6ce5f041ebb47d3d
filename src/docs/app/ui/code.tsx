import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { CopyButton } from './basics.tsx';
import { linkLines } from './line-links.ts';
import { sqlLines } from './sql-tokens.ts';

interface CodeProps {
  readonly code: string;
  readonly title: string;
  /** Lines that are marked, from 0, the second not included. */
  readonly marked?: readonly [number, number] | undefined;
  readonly onLine?: ((line: number) => void) | undefined;
}

/** SQL with line numbers. */
export function Code({ code, title, marked, onLine }: CodeProps) {
  const lines = useMemo(() => sqlLines(code), [code]);
  const box = useRef<HTMLPreElement>(null);
  useEffect(() => {
    if (marked === undefined || box.current === null) return;
    const line = box.current.querySelectorAll<HTMLElement>('.line')[marked[0]];
    if (line === undefined) return;
    const top = line.offsetTop - box.current.offsetTop;
    const { scrollTop, clientHeight } = box.current;
    if (top < scrollTop || top > scrollTop + clientHeight - 40) box.current.scrollTop = top - clientHeight / 3;
  }, [marked?.[0], marked?.[1]]);
  return (
    <figure class="code">
      <figcaption>
        <span>{title}</span>
        <CopyButton text={code} what={title} />
      </figcaption>
      <pre ref={box} tabIndex={0} aria-label={title}>
        {lines.map((tokens, at) => (
          <div
            key={at}
            class={marked !== undefined && at >= marked[0] && at < marked[1] ? 'line on' : 'line'}
            onMouseEnter={onLine === undefined ? undefined : () => onLine(at)}
          >
            <span class="no" aria-hidden="true">
              {at + 1}
            </span>
            <code>
              {tokens.map(({ kind, text }) => (kind === '' ? text : <span class={kind}>{text}</span>))}
              {'\n'}
            </code>
          </div>
        ))}
      </pre>
    </figure>
  );
}

/** Template and result side by side: a line shows what it became. */
export function CodePair({
  raw,
  compiled,
  line,
}: {
  readonly raw: string;
  readonly compiled: string;
  readonly line?: number | undefined;
}) {
  const links = useMemo(() => linkLines(raw.split('\n'), compiled.split('\n')), [raw, compiled]);
  const [at, set] = useState<{ readonly side: 'raw' | 'compiled'; readonly line: number } | undefined>(
    line === undefined ? undefined : { side: 'raw', line },
  );
  const mark = (side: 'raw' | 'compiled'): readonly [number, number] | undefined => {
    if (at === undefined) return undefined;
    if (at.side === side) return [at.line, at.line + 1];
    return side === 'compiled' ? links.toCompiled[at.line] : links.toRaw[at.line];
  };
  return (
    <div class="pair">
      <Code code={raw} title="Template" marked={mark('raw')} onLine={(one) => set({ side: 'raw', line: one })} />
      <Code
        code={compiled}
        title="Compiled SQL"
        marked={mark('compiled')}
        onLine={(one) => set({ side: 'compiled', line: one })}
      />
    </div>
  );
}
