import type { CoreNode } from '../../format/core.ts';
import { seconds } from '../data/words.ts';
import { statusKind } from '../ui/basics.tsx';
import type { Item } from './items.ts';
import type { Look } from './paint.ts';

export type Lens = 'type' | 'status' | 'duration' | 'tests' | 'owner' | 'materialized' | 'docs';

export const LENSES: readonly (readonly [Lens, string])[] = [
  ['type', 'Type'],
  ['status', 'Last status'],
  ['duration', 'Duration'],
  ['tests', 'Tests'],
  ['docs', 'Documentation'],
  ['materialized', 'Materialization'],
  ['owner', 'Owner'],
];

const TYPE_COLORS = new Set(['source', 'seed', 'model', 'snapshot', 'exposure', 'sync', 'metric', 'test', 'macro']);
/** For what has no colour of its own, such as owners. */
const CYCLE = [
  '--t-model',
  '--t-source',
  '--t-exposure',
  '--t-snapshot',
  '--t-sync',
  '--t-metric',
  '--t-seed',
  '--t-macro',
];
const STATUS_COLORS = { good: '--good', bad: '--bad', warn: '--warn', skip: '--skip', none: '--line-strong' } as const;

export interface Known {
  readonly nodes: readonly CoreNode[];
  /** Tests of each node, by index. */
  readonly tests: (index: number) => number;
}

/** Colour and note of each item under a lens. */
export function looksOf(items: readonly Item[], lens: Lens, known: Known): Look[] {
  const values = new Map<string, number>();
  const longest = Math.max(1, ...items.flatMap(({ members }) => members.map((one) => known.nodes[one]?.duration ?? 0)));
  return items.map((item) => lookOf(item, lens, known, values, longest));
}

function lookOf(item: Item, lens: Lens, known: Known, values: Map<string, number>, longest: number): Look {
  const first = known.nodes[item.members[0] ?? -1];
  if (first === undefined) return { color: '--t-other', note: '' };
  const isGroup = item.node < 0;
  const total = `${item.members.length} ${item.members.length === 1 ? 'node' : 'nodes'}`;
  const with_ = (color: string, note: string): Look => ({
    color,
    note: isGroup ? (note === '' ? total : `${total} · ${note}`) : note,
  });
  switch (lens) {
    case 'status': {
      const kinds = item.members.map((one) => statusKind(known.nodes[one]?.status ?? ''));
      const worst = (['bad', 'warn', 'skip', 'good'] as const).find((kind) => kinds.includes(kind)) ?? 'none';
      const bad = kinds.filter((kind) => kind === worst).length;
      return with_(
        STATUS_COLORS[worst],
        isGroup ? (worst === 'none' ? 'not run' : `${bad} ${WORDS[worst]}`) : first.status,
      );
    }
    case 'duration': {
      const sum = item.members.reduce((time, one) => time + (known.nodes[one]?.duration ?? 0), 0);
      const share = sum / longest;
      return with_(
        share > 0.5 ? '--bad' : share > 0.15 ? '--warn' : sum > 0 ? '--good' : '--line-strong',
        sum > 0 ? seconds(sum / 1000) : '',
      );
    }
    case 'tests': {
      const tests = item.members.map(known.tests);
      const untested = tests.filter((count) => count === 0).length;
      const sum = tests.reduce((a, b) => a + b, 0);
      return with_(
        untested === 0 ? '--good' : untested === tests.length ? '--bad' : '--warn',
        isGroup ? `${untested} untested` : `${sum}`,
      );
    }
    case 'docs': {
      const bare = item.members.filter((one) => ((known.nodes[one]?.flags ?? 0) & 1) === 0).length;
      return with_(
        bare === 0 ? '--good' : bare === item.members.length ? '--bad' : '--warn',
        isGroup ? `${bare} undescribed` : '',
      );
    }
    case 'owner':
    case 'materialized': {
      const value = first[lens] || '–';
      const at = values.get(value) ?? values.size;
      values.set(value, at);
      return with_(
        CYCLE[at % CYCLE.length] as string,
        isGroup && item.members.some((one) => known.nodes[one]?.[lens] !== first[lens]) ? 'several' : value,
      );
    }
    default:
      return with_(`--t-${TYPE_COLORS.has(first.type) ? first.type : 'other'}`, '');
  }
}

const WORDS = { bad: 'failed', warn: 'warned', skip: 'skipped', good: 'good' } as const;
