import { plural } from '../../util/plural.ts';
import { nameOf } from '../node-name.ts';
import type { Impact } from './impact.ts';

/** What became of the project since another state of it. */
export interface Changes {
  /** The folder that was compared with, as the user wrote it. */
  readonly against: string;
  readonly impacts: readonly Impact[];
  /** unique_ids whose text is another and whose meaning is not. */
  readonly reworded: readonly string[];
  /** unique_ids that one side could not type: nothing is said of them. */
  readonly unknown: readonly string[];
}

/** How many of what a change reaches are named. */
const SHOWN = 6;

/** For a terminal. */
export function changesText({ against, impacts, reworded, unknown }: Changes): string {
  const breaking = impacts.filter(({ change }) => change.class === 'breaking').length;
  const counts = `${breaking} breaking, ${impacts.length - breaking} not`;
  return [
    `Changes since ${against}: ${impacts.length === 0 ? 'none' : counts}`,
    ...impacts.flatMap((impact) => [`  ${what(impact)}  (${impact.change.class})`, ...indented(reach(impact))]),
    ...reworded.map((id) => `  ${nameOf(id)}: other words, the same meaning`),
    ...(unknown.length === 0 ? [] : [`  not compared, not typed on both sides: ${unknown.map(nameOf).join(', ')}`]),
  ].join('\n');
}

/** A comment for a merge request. */
export function changesMarkdown({ against, impacts, reworded, unknown }: Changes): string {
  const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\n/g, ' ');
  const rows = impacts.map(
    (impact) => `| ${cell(what(impact))} | ${impact.change.class} | ${cell(reach(impact)) || '–'} |`,
  );
  const table = ['| change | class | reaches |', '|---|---|---|', ...rows].join('\n');
  const notes = [
    reworded.length === 0 ? '' : `Other words, the same meaning: ${reworded.map(nameOf).join(', ')}.`,
    unknown.length === 0 ? '' : `Not compared: ${unknown.map(nameOf).join(', ')}.`,
  ].filter((note) => note !== '');
  return [`### Changes since \`${against}\``, '', impacts.length === 0 ? 'None.' : table, '', ...notes]
    .join('\n')
    .trimEnd();
}

/** `mart_x.followers retyped: Int64 -> UInt32` */
export function what({ change }: Impact): string {
  const { node, column, kind, from, to } = change;
  const subject = column === undefined ? nameOf(node) : `${nameOf(node)}.${column}`;
  const details = [from, to].filter((text) => text !== undefined).join(' -> ');
  return `${subject} ${kind}${details === '' ? '' : `: ${details}`}`;
}

/** What a change reaches: columns, then exposures and syncs. */
export function reach({ columns, consumers }: Impact): string {
  const names = columns.map(({ node, column }) =>
    column === '*' ? `${nameOf(node)} (rows)` : `${nameOf(node)}.${column}`,
  );
  const more = names.length - SHOWN;
  const shown = [...names.slice(0, SHOWN), ...(more > 0 ? [`${plural(more, 'column')} more`] : [])];
  return [...shown, ...consumers.map(({ label }) => label)].join(', ');
}

function indented(text: string): readonly string[] {
  return text === '' ? [] : [`      reaches ${text}`];
}
