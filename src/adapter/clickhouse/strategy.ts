import { TsdbtError } from '../../error/index.ts';

const STRATEGIES = ['legacy', 'append', 'delete_insert', 'insert_overwrite', 'microbatch'];

/** dbt's name of an incremental strategy in the adapter's spelling; the profile decides what `default` means. */
export function effectiveStrategy(configured: string | null | undefined, useLightweightDeletes: boolean): string {
  const strategy =
    !configured || configured === 'default' ? (useLightweightDeletes ? 'delete_insert' : 'legacy') : configured;
  return strategy.replaceAll('+', '_');
}

/** dbt's strategies that its own incremental materialization does not have on ClickHouse. */
const OF_OTHERS = ['delete+insert', 'merge', 'insert_overwrite', 'microbatch'];

/** The macro with the statement of a strategy; a project may have strategies of its own. Throws TSD3004. */
export function strategyMacroName(strategy: string): string {
  if (OF_OTHERS.includes(strategy)) {
    throw wrong(
      `The incremental strategy '${strategy}' is not valid for this adapter`,
      "ClickHouse's materialization `incremental` has it; its statements are no macro of their own.",
    );
  }
  return `get_incremental_${strategy.replaceAll('+', '_')}_sql`;
}

export function noStrategyMacro(name: string): TsdbtError {
  return wrong(`dbt could not find an incremental strategy macro with the name "${name}"`, 'Write it in the project.');
}

export interface StrategyInput {
  readonly strategy: string;
  readonly hasPredicates: boolean;
  readonly uniqueKey: string | null;
  /** As configured, for the message. */
  readonly partitionBy: string | null;
}

/** Throws TSD3004 where the model's configuration does not go with its strategy. */
export function validateStrategy({ strategy, hasPredicates, uniqueKey, partitionBy }: StrategyInput): void {
  const deletes = strategy === 'delete_insert' || strategy === 'microbatch';
  if (!STRATEGIES.includes(strategy))
    throw wrong(
      `The incremental strategy '${strategy}' is not valid for ClickHouse.`,
      `Use one of: ${STRATEGIES.join(', ')}.`,
    );
  if (deletes && !uniqueKey)
    throw wrong(`'${strategy}' strategy requires a non-empty 'unique_key'.`, 'Configure unique_key, or use append.');
  if (!deletes && hasPredicates)
    throw wrong(
      `Cannot apply incremental predicates with '${strategy}' strategy.`,
      'Only delete+insert and microbatch take them.',
    );
  if (strategy !== 'insert_overwrite') return;
  if (!partitionBy)
    throw wrong(
      `'${strategy}' strategy requires non-empty 'partition_by'. Current partition_by is ${partitionBy ?? 'None'}.`,
      'Configure partition_by: whole partitions are replaced.',
    );
  if (uniqueKey) throw wrong(`'${strategy}' strategy does not support unique_key.`, 'Remove unique_key.');
}

function wrong(message: string, hint: string): TsdbtError {
  return new TsdbtError({ code: 'TSD3004', message, hint });
}
