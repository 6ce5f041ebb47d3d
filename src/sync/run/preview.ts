import { isTsdbtError } from '../../error/index.ts';
import { differences, statements } from '../plan/preview.ts';
import { connect } from '../postgres/connection.ts';
import type { SyncDefinition } from '../types.ts';
import { guardRows } from './guards.ts';
import { prepare } from './prepare.ts';
import type { SyncDeps } from './session.ts';

export type PreviewDeps = Pick<SyncDeps, 'clickhouse' | 'postgresUrl' | 'source' | 'invocationId' | 'stage'>;

/** What a run would do, without doing any of it. */
export interface SyncPreview {
  readonly name: string;
  readonly target: string;
  readonly mode: SyncDefinition['mode'];
  readonly format: 'binary' | 'text';
  readonly differences: readonly string[];
  /** Why it would not run, or not be swapped in. */
  readonly problems: readonly string[];
  readonly notes: readonly string[];
  readonly statements: readonly string[];
}

export async function previewSync(definition: SyncDefinition, deps: PreviewDeps): Promise<SyncPreview> {
  const connection = await connect(deps.postgresUrl, `tsdbt plan ${definition.name}`);
  try {
    const { plan, target, ...counted } = await prepare(definition, { ...deps, connection, reserve: false });
    const guard = refusalOf(() => guardRows(definition, { rows: counted.sourceRows, ...counted }));
    const { table } = definition;
    return {
      name: definition.name,
      target: `${table.schema}.${table.name}`,
      mode: definition.mode,
      format: plan.format,
      differences: differences(definition, plan, target, counted),
      problems: [...plan.problems, ...guard],
      notes: plan.notes,
      statements: statements(plan, deps.stage ?? {}),
    };
  } finally {
    await connection.end();
  }
}

function refusalOf(guard: () => void): string[] {
  try {
    guard();
    return [];
  } catch (error) {
    if (!isTsdbtError(error)) throw error;
    return [error.message];
  }
}
