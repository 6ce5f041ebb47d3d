import { createHash } from 'node:crypto';
import type { CoreHead, CoreNode } from '../format/core.ts';
import type { Chunk } from './chunk.ts';

/** The page's program, made when tsdbt was built. */
export interface Assets {
  readonly js: string;
  readonly css: string;
}

export interface Page {
  readonly head: CoreHead;
  readonly nodes: readonly CoreNode[];
  readonly summaries: readonly string[];
  readonly core: Chunk;
  /** Chunks that lie in the page itself. */
  readonly inlined: readonly Chunk[];
}

/** One page that is complete alone: nothing but its own script runs, nothing is asked of another host. */
export function pageHtml({ head, nodes, summaries, core, inlined }: Page, { js, css }: Assets): string {
  const title = `${head.project} · documentation`;
  const policy = [
    `default-src 'none'`,
    `script-src ${hashOf(js)} 'strict-dynamic'`,
    `style-src ${hashOf(css)}`,
    `img-src data: blob:`,
    `connect-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${asHtml(title)}</title>`,
    `<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(ICON)}">`,
    `<style>${css}</style>`,
    '</head>',
    '<body>',
    `<div id="app"><div class="boot"><h1>${asHtml(head.project)}</h1><p>${nodes.length} resources</p></div></div>`,
    `<noscript>${withoutScript(head, nodes, summaries)}</noscript>`,
    ...[core, ...inlined].map(
      ({ name, payload }) => `<script type="text/plain" data-chunk="${name}">${payload}</script>`,
    ),
    `<script>${js}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect x="1" y="2" width="6" height="4" rx="1" fill="#0e7a5f"/><rect x="1" y="10" width="6" height="4" rx="1" fill="#0e7a5f"/><rect x="10" y="6" width="5" height="4" rx="1" fill="#2f6fde"/><path d="M7 4h2l1 3M7 12h2l1-3" stroke="#888" fill="none"/></svg>';

/** Descriptions beside so many names would make the page large for the few who read it so. */
const MOST_DESCRIBED = 1500;
const MOST_NAMED = 3000;

function withoutScript(head: CoreHead, nodes: readonly CoreNode[], summaries: readonly string[]): string {
  const shown = nodes
    .map((node, index) => ({ node, summary: summaries[index] ?? '' }))
    .filter(({ node }) => node.rank >= 0);
  const isLong = shown.length > MOST_DESCRIBED;
  const rows = shown
    .slice(0, isLong ? MOST_NAMED : MOST_DESCRIBED)
    .map(({ node, summary }) =>
      isLong
        ? `<li>${asHtml(node.name)}`
        : `<tr><td>${asHtml(node.name)}<td>${asHtml(node.type)}<td>${asHtml(node.schema)}<td>${asHtml(summary)}`,
    );
  const said = `<p>This page needs JavaScript for its pages; without it, here is what the project holds.</p>`;
  const body = isLong
    ? `<ul>${rows.join('')}</ul>${shown.length > MOST_NAMED ? `<p>and ${shown.length - MOST_NAMED} more: site/core.json has them all.</p>` : ''}`
    : `<table><thead><tr><th>Name<th>Type<th>Schema<th>Description</thead><tbody>${rows.join('')}</tbody></table>`;
  return `<main class="plain"><h1>${asHtml(head.project)}</h1>${said}${body}</main>`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function asHtml(value: string): string {
  return value.replace(/[&<>"'\u2028\u2029]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
