import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { hasChunk } from '../data/chunks.ts';
import { addressOf } from '../data/router.ts';
import { here, menuOpen, model, notice, route, theme } from '../data/store.ts';
import { ago, moment } from '../data/words.ts';
import { LiveBar } from '../live/bar.tsx';
import { pageFor, titleFor } from '../pages/index.tsx';
import { SearchBox } from './search-box.tsx';
import { Tree } from './tree.tsx';

/** Pages of the bar; those that need a part the site has not are left out. */
const SECTIONS: readonly (readonly [page: string, label: string, chunk?: string])[] = [
  ['overview', 'Overview'],
  ['graph', 'Lineage'],
  ['runs', 'Runs', 'runs'],
  ['tests', 'Tests'],
  ['sources', 'Sources'],
  ['jobs', 'Jobs', 'jobs'],
  ['syncs', 'Syncs', 'syncs'],
  ['changes', 'Changes', 'changes'],
  ['health', 'Health'],
];

export function App() {
  const { page, id } = route.value;
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  const title = titleFor(route.value);
  useEffect(() => {
    document.title = `${title} · ${here().head.project}`;
    // A reader of the screen learns that the page is another; at the very start nothing was asked for yet.
    if (!isFirst.current) main.current?.focus({ preventScroll: true });
    isFirst.current = false;
    main.current?.scrollTo(0, 0);
  }, [page, id]);
  if (model.value === undefined) return null;
  return (
    <div class={menuOpen.value ? 'shell menu-open' : 'shell'}>
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to the page
      </a>
      <Header />
      <aside class="side" aria-label="Resources of the project">
        <Tree />
      </aside>
      <main id="main" ref={main} tabIndex={-1} class={page === 'graph' ? 'wide' : ''}>
        <LiveBar />
        {pageFor(route.value)}
      </main>
      <div class="toast" role="status" aria-live="polite">
        {notice.value}
      </div>
    </div>
  );
}

function Header() {
  const { head } = here();
  return (
    <header class="top">
      <button
        type="button"
        class="menu-button quiet"
        aria-label="Resources"
        aria-expanded={menuOpen.value}
        onClick={() => {
          menuOpen.value = !menuOpen.value;
        }}
      >
        ☰
      </button>
      <a class="brand" href="#!/overview">
        {head.project}
      </a>
      <SearchBox />
      <nav class="sections" aria-label="Pages">
        {SECTIONS.filter(([, , chunk]) => chunk === undefined || hasChunk(chunk)).map(([page, label]) => (
          <Section key={page} page={page}>
            {label}
          </Section>
        ))}
      </nav>
      <span class="age" title={moment(head.generatedAt)}>
        {ago(head.generatedAt, Date.now())}
      </span>
      <ThemeButton />
      <a class="quiet button" href={addressOf('help')} aria-label="Help and keys">
        ?
      </a>
    </header>
  );
}

/** Pages whose address is another's part. */
const WITHIN: Readonly<Record<string, string>> = { run: 'runs', job: 'jobs', source_list: 'sources', sync: 'syncs' };

function Section({ page, children }: { readonly page: string; readonly children: ComponentChildren }) {
  const at = route.value.page;
  const isHere = at === page || WITHIN[at] === page;
  return (
    <a href={addressOf(page)} aria-current={isHere ? 'page' : undefined}>
      {children}
    </a>
  );
}

const NEXT = { auto: 'dark', dark: 'light', light: 'auto' } as const;
const SIGN = { auto: '◐', dark: '☾', light: '☀' } as const;

function ThemeButton() {
  const value = theme.value;
  return (
    <button
      type="button"
      class="quiet"
      aria-label={`Colours: ${value}`}
      title={`Colours: ${value}`}
      onClick={() => {
        theme.value = NEXT[theme.value];
      }}
    >
      {SIGN[value]}
    </button>
  );
}
