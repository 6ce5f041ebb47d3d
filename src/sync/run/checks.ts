import { TsdbtError } from '../../error/index.ts';
import type { ChecksPlan, ColumnCheck } from '../plan/checks.ts';
import type { Connection } from '../postgres/connection.ts';
import type { ClickHousePort, SyncDefinition } from '../types.ts';

const SHOWN = 5;

/** Figures of the source, one for each check. */
export type Figures = readonly string[];

export async function sourceFigures(
  clickhouse: ClickHousePort,
  plan: ChecksPlan,
  signal: AbortSignal | undefined,
): Promise<Figures> {
  const { rows } = await clickhouse.query(plan.clickhouse, { abort: signal, settings: plan.settings });
  return rows[0]!.map(String);
}

/**
 * Compares the loaded table with the source, column by column. `early`: the figures when the export began. A source
 * that changed at that very moment is asked once more. Throws TSD5002 with the columns that differ.
 */
export async function guardChecks(
  definition: SyncDefinition,
  connection: Connection,
  plan: ChecksPlan,
  early: Figures,
  late: () => Promise<Figures>,
): Promise<void> {
  const { rows } = await connection.query<string[]>({ text: plan.postgres, rowMode: 'array' });
  const [row] = rows;
  if (differing(plan, early, row!).length === 0) return;
  const figures = await late();
  const wrong = differing(plan, figures, row!);
  if (wrong.length === 0) return;
  const shown = wrong.slice(0, SHOWN).map((check) => {
    const i = plan.checks.indexOf(check);
    return `\n- ${check.what} of "${check.column}": ${figures[i]} in ClickHouse, ${row![i]} in Postgres`;
  });
  const more = wrong.length > SHOWN ? `\n- and ${wrong.length - SHOWN} more` : '';
  throw new TsdbtError({
    code: 'TSD5002',
    message: `sync ${definition.name} was not swapped in: what arrived differs from the source${shown.join('')}${more}`,
    at: definition.at,
    hint: 'the source changes while it is read: run the sync again',
  });
}

function differing({ checks }: ChecksPlan, clickhouse: Figures, postgres: Figures): ColumnCheck[] {
  return checks.filter((check, i) => !isSame(check, clickhouse[i]!, postgres[i]!));
}

function isSame({ as }: ColumnCheck, clickhouse: string, postgres: string): boolean {
  if (clickhouse === postgres) return true;
  if (as === 'text') return false;
  if (as === 'float') return number(clickhouse) === number(postgres);
  if (as === 'single') return Math.fround(number(clickhouse)) === Math.fround(number(postgres));
  // ClickHouse's sums wrap; those of Postgres do not.
  return BigInt.asIntN(as, BigInt(clickhouse)) === BigInt.asIntN(as, BigInt(postgres));
}

function number(text: string): number {
  return Number(text.replace(/^(-?)inf$/, '$1Infinity'));
}
