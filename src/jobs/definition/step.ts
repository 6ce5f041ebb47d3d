import type { At } from '../../error/index.ts';
import type { DataMap } from '../../util/data.ts';
import { parseDuration } from '../../util/definitions.ts';
import type { Post } from '../post/types.ts';
import type { NodeCommand, Selection, Step } from '../types.ts';
import type { PostEntry } from './post.ts';

type Words = string | readonly string[];

/** A step as the schema lets it through. */
type StepEntry = Readonly<Record<string, unknown>> & { readonly timeout?: string | number };

interface SelectionEntry {
  readonly select?: Words;
  readonly exclude?: Words;
  readonly selector?: string;
  readonly full_refresh?: boolean;
  readonly vars?: DataMap;
  readonly target?: string;
}

/** What a checked step means. */
export function resolveStep(entry: StepEntry, at: At, post: (entry: PostEntry) => Post): Step {
  const rest = { at, timeout: entry.timeout === undefined ? undefined : parseDuration(entry.timeout) };
  const [kind, value] = Object.entries(entry).find(([key]) => key !== 'timeout')!;
  switch (kind) {
    case 'truncate':
      return { kind, models: list(value as Words), ...rest };
    case 'sync':
      return { kind, names: list(value as Words), ...rest };
    case 'sql':
      return { kind, sql: String(value), ...rest };
    case 'post':
      return { kind, post: post(value as PostEntry), ...rest };
    case 'operation': {
      const { macro, args } = value as { readonly macro: string; readonly args?: DataMap };
      return { kind, macro, args: args ?? {}, ...rest };
    }
    default:
      return { kind: kind as NodeCommand, selection: selectionOf(value as SelectionEntry), ...rest };
  }
}

/** `run tag:core`, `sync leaderboard`: a step in a few words. */
export function showStep(step: Step): string {
  switch (step.kind) {
    case 'truncate':
      return `truncate ${step.models.join(' ')}`;
    case 'sync':
      return `sync ${step.names.join(' ')}`;
    case 'sql':
      return 'sql';
    case 'post':
      return `post ${step.post.name} to ${step.post.to}${step.post.path}`;
    case 'operation':
      return `run-operation ${step.macro}`;
    default:
      return `${step.kind} ${selectionArguments(step.selection).join(' ')}`.trimEnd();
  }
}

/** The same selection as words of the command line. */
function selectionArguments({ select, exclude, selector, full_refresh, target }: Selection): string[] {
  return [
    ...(select.length > 0 ? ['--select', ...select] : []),
    ...(exclude.length > 0 ? ['--exclude', ...exclude] : []),
    ...(selector === undefined ? [] : ['--selector', selector]),
    ...(full_refresh ? ['--full-refresh'] : []),
    ...(target === undefined ? [] : ['--target', target]),
  ];
}

function selectionOf(entry: SelectionEntry): Selection {
  return {
    select: entry.select === undefined ? [] : list(entry.select),
    exclude: entry.exclude === undefined ? [] : list(entry.exclude),
    selector: entry.selector,
    full_refresh: entry.full_refresh ?? false,
    vars: entry.vars,
    target: entry.target,
  };
}

function list(words: Words): readonly string[] {
  return typeof words === 'string' ? words.trim().split(/\s+/) : words;
}
