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

/** Changes parameters of the address without a step in the history. */
export function replaceParams(params: Readonly<Record<string, string | undefined>>): void {
  const url = location.hash || '#!/overview';
  const at = url.indexOf('?');
  const query = new URLSearchParams(at < 0 ? '' : url.slice(at + 1));
  for (const [key, value] of Object.entries(params)) {
    if (value === undefined || value === '') query.delete(key);
    else query.set(key, value);
  }
  const text = query.toString();
  history.replaceState(null, '', `${at < 0 ? url : url.slice(0, at)}${text === '' ? '' : `?${text}`}`);
  route.value = parseAddress(location.hash);
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
