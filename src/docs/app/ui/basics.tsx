import type { ComponentChildren } from 'preact';
import type { CoreNode } from '../../format/core.ts';
import { addressOf } from '../data/router.ts';
import { copy, here } from '../data/store.ts';
import { typeWord } from '../data/words.ts';

export const nodeAddress = (node: CoreNode, params: Readonly<Record<string, string | undefined>> = {}): string =>
  addressOf(node.type, node.id, params);

/** A resource by its name, with its type as a coloured mark. */
export function NodeLink({
  index,
  params,
}: {
  readonly index: number;
  readonly params?: Readonly<Record<string, string>>;
}) {
  const node = here().nodes[index];
  if (node === undefined) return null;
  return (
    <a class="node-link" href={nodeAddress(node, params)} title={`${typeWord(node.type)} ${node.id}`}>
      <Mark type={node.type} />
      {node.name}
    </a>
  );
}

export function Mark({ type }: { readonly type: string }) {
  return <span class={`mark t-${type}`} aria-hidden="true" />;
}

const GOOD = new Set(['success', 'pass', 'reused']);
const BAD = new Set(['error', 'fail', 'runtime error', 'partial success', 'failed', 'timeout', 'lost']);

export function statusKind(status: string): 'good' | 'bad' | 'warn' | 'skip' | 'none' {
  if (GOOD.has(status)) return 'good';
  if (BAD.has(status)) return 'bad';
  if (status === 'warn') return 'warn';
  return status === '' ? 'none' : 'skip';
}

const SIGNS = { good: '✓', bad: '✕', warn: '!', skip: '–', none: '' };

export function Status({ status }: { readonly status: string }) {
  if (status === '') return null;
  const kind = statusKind(status);
  return (
    <span class={`status s-${kind}`}>
      <span aria-hidden="true">{SIGNS[kind]}</span> {status}
    </span>
  );
}

export function Tag({ children }: { readonly children: ComponentChildren }) {
  return <span class="tag">{children}</span>;
}

export function CopyButton({
  text,
  what,
  label = 'Copy',
}: {
  readonly text: string;
  readonly what: string;
  readonly label?: string;
}) {
  return (
    <button type="button" class="quiet" onClick={() => void copy(text, what)}>
      {label}
    </button>
  );
}

/** Text that came through the sanitizer when the site was made. */
export function Html({ html }: { readonly html: string }) {
  return html === '' ? null : <div class="prose" dangerouslySetInnerHTML={{ __html: html }} />;
}

export function Tile({
  label,
  value,
  detail,
  href,
  kind = '',
}: {
  readonly label: string;
  readonly value: ComponentChildren;
  readonly detail?: ComponentChildren;
  readonly href?: string | undefined;
  readonly kind?: string;
}) {
  const body = (
    <>
      <span class="tile-label">{label}</span>
      <span class={`tile-value ${kind}`}>{value}</span>
      {detail === undefined ? null : <span class="tile-detail">{detail}</span>}
    </>
  );
  return href === undefined ? (
    <div class="tile">{body}</div>
  ) : (
    <a class="tile" href={href}>
      {body}
    </a>
  );
}

export interface TabSpec {
  readonly key: string;
  readonly label: string;
  readonly count?: number | undefined;
  readonly href: string;
}

export function Tabs({
  tabs,
  current,
  label,
}: {
  readonly tabs: readonly TabSpec[];
  readonly current: string;
  readonly label: string;
}) {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map(({ key, label: text, count, href }) => (
        <a key={key} href={href} aria-current={key === current ? 'page' : undefined}>
          {text}
          {count === undefined ? null : <span class="count">{count}</span>}
        </a>
      ))}
    </nav>
  );
}
