import { addressOf } from './router.ts';
import { copy, menuOpen, searchOpen, theme } from './store.ts';

const GO: Readonly<Record<string, string>> = {
  o: 'overview',
  l: 'graph',
  r: 'runs',
  t: 'tests',
  j: 'jobs',
  s: 'sources',
  y: 'syncs',
  h: 'health',
};

const NEXT = { auto: 'dark', dark: 'light', light: 'auto' } as const;

/** In a field, letters are letters. */
export const isTyping = (target: EventTarget | null): boolean =>
  /^(INPUT|TEXTAREA|SELECT)$/.test((target as HTMLElement | null)?.tagName ?? '');

/** Keys that work on every page; those of the map are its own. */
export function followKeys(): void {
  let isGoing = false;
  addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    if ((ctrlKey || metaKey) && key === 'k') {
      event.preventDefault();
      searchOpen.value = true;
      return;
    }
    if (ctrlKey || metaKey || altKey || isTyping(event.target)) return;
    if (isGoing) {
      isGoing = false;
      const page = GO[key];
      if (page !== undefined) location.hash = addressOf(page);
      return;
    }
    const act = ACTIONS[key];
    if (key === 'g') isGoing = true;
    else if (act !== undefined) {
      event.preventDefault();
      act();
    }
  });
}

const ACTIONS: Readonly<Record<string, () => void>> = {
  '/': openSearch,
  t: openSearch,
  '?': () => {
    location.hash = addressOf('help');
  },
  d: () => {
    theme.value = NEXT[theme.value];
  },
  Y: () => void copy(location.href, 'Link'),
  y: () => document.querySelector<HTMLElement>('.code button')?.click(),
  Escape: () => {
    menuOpen.value = false;
  },
};

function openSearch(): void {
  // The signal may still say so from the last time.
  searchOpen.value = false;
  searchOpen.value = true;
}
