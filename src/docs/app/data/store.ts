import { effect, signal } from '@preact/signals';
import type { Model } from './model.ts';
import { parseAddress, type Route } from './router.ts';

/** What every part of the page shares. */
export const model = signal<Model | undefined>(undefined);
export const route = signal<Route>(parseAddress(location.hash));
export const theme = signal<'auto' | 'light' | 'dark'>(readTheme());
export const searchOpen = signal(false);
export const menuOpen = signal(false);
/** A short message that goes away: what was copied. */
export const notice = signal('');

/** The model, where the page is known to have one. */
export function here(): Model {
  if (model.value === undefined) throw new Error('The data is not there yet.');
  return model.value;
}

export function followAddress(): void {
  addEventListener('hashchange', () => {
    route.value = parseAddress(location.hash);
    menuOpen.value = false;
  });
}

export function say(text: string): void {
  notice.value = text;
  setTimeout(() => {
    if (notice.value === text) notice.value = '';
  }, 2000);
}

export async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without permission, or on file:// in some browsers: the old way.
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  say(`${what} copied`);
}

function readTheme(): 'auto' | 'light' | 'dark' {
  try {
    const saved = localStorage.getItem('tsdbt-theme');
    return saved === 'light' || saved === 'dark' ? saved : 'auto';
  } catch {
    return 'auto';
  }
}

effect(() => {
  const value = theme.value;
  if (value === 'auto') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.setAttribute('data-theme', value);
  try {
    localStorage.setItem('tsdbt-theme', value);
  } catch {
    // Not every browser keeps something for a file.
  }
});
