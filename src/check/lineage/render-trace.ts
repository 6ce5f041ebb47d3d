import { nameOf } from '../node-name.ts';
import type { ColumnUse } from '../types.ts';
import type { Step } from './trace.ts';

/**
 * The ways of a column as a tree for people: one line a column, with its type and how it is used.
 * @param rows what decides on the rows of the node that was asked about
 */
export function renderTrace(root: Step, rows: readonly ColumnUse[]): string {
  const lines = [`${label(root)}${root.type === undefined ? '' : `  ${root.type}`}`, ...branches(root.next, '')];
  if (rows.length > 0) lines.push('', 'its rows:', ...byKind(rows));
  return lines.join('\n');
}

function branches(steps: readonly Step[], indent: string): string[] {
  return steps.flatMap((step, i) => {
    const isLast = i === steps.length - 1;
    const details = [step.kind, step.type, step.repeated ? '(shown above)' : undefined].filter(Boolean).join('  ');
    const line = `${indent}${isLast ? '└─ ' : '├─ '}${label(step)}  ${details}`;
    return [line, ...branches(step.next, `${indent}${isLast ? '   ' : '│  '}`)];
  });
}

function byKind(uses: readonly ColumnUse[]): string[] {
  const kinds = [...new Set(uses.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const names = uses.filter((use) => use.kind === kind).map(label);
    return `   ${kind.padEnd(6)}  ${names.join(', ')}`;
  });
}

/** `mart_x.followers`, `source beat.account.followers`. */
function label({ node, column }: { readonly node: string; readonly column: string }): string {
  return `${nameOf(node)}.${column}`;
}
