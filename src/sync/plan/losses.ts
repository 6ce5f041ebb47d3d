import type { SyncDefinition } from '../types.ts';
import { isPartitioned } from './partition.ts';
import type { TargetShape } from './shape.ts';

export interface Losses {
  /** Problems: what would be lost, and no word of the definition allows it. */
  readonly refused: readonly string[];
  /** Notes: what will be lost, as the definition says. */
  readonly allowed: readonly string[];
}

/** What a swap of this target cannot keep. */
export function lossesOf(definition: SyncDefinition, target: TargetShape | undefined): Losses {
  const { may_lose } = definition;
  // With strategy partition its place among the partitions is the swap's own work.
  const own = (target?.notCarried ?? []).filter(({ kind }) => !(kind === 'inheritance' && isPartitioned(definition)));
  const lost = [...own, ...(target?.matviews ?? []).flatMap(ofView)];
  const isAllowed = ({ kind }: Loss) => (may_lose as readonly string[]).includes(kind);
  return {
    refused: lost
      .filter((loss) => !isAllowed(loss))
      .map(({ kind, what }) => {
        const way = kind === 'shape' ? '' : ` (may_lose: [${kind}] lets it go)`;
        return `the swap would lose what the target has: ${what}${way}`;
      }),
    allowed: lost.filter(isAllowed).map(({ what }) => `the swap loses what the target has: ${what}`),
  };
}

type Loss = TargetShape['notCarried'][number];

function ofView({ name, shape }: TargetShape['matviews'][number]): Loss[] {
  return shape.notCarried
    .filter(({ kind }) => kind !== 'shape')
    .map(({ kind, what }) => ({ kind, what: `${what} (of the materialized view ${name.name})` }));
}
