import { TsdbtError } from '../error/index.ts';
import type { Project, Target } from '../model/index.ts';
import type { PostgresServer, SyncDefinition, SyncDeps } from '../sync/index.ts';
import { outputs } from './outputs.ts';
import type { Request } from './request.ts';

type CredentialsUrl = typeof import('../sync/index.ts').credentialsUrl;

export interface PostgresChoice {
  readonly url: string;
  /** Ours, started for this run: it begins without the readers' tables. */
  readonly isPrivate: boolean;
}

export interface PostgresServers {
  of(sync: SyncDefinition): PostgresChoice;
  release(): Promise<void>;
}

/** The Postgres of each sync's connection: the server its output in profiles.yml names, else a private one, started once. */
export async function postgresFor(
  project: Project,
  request: Request,
  syncs: readonly SyncDefinition[],
): Promise<PostgresServers> {
  const { credentialsUrl, ensurePostgres } = await import('../sync/index.ts');
  const chosen = new Map<string, PostgresChoice>();
  let own: PostgresServer | undefined;
  const outputOf = outputs(project, request);
  for (const { connection } of syncs) {
    if (chosen.has(connection)) continue;
    const url = urlOf(await outputOf(connection), credentialsUrl);
    if (url === undefined) own ??= await ensurePostgres({ stateDir: project.statePath, env: request.env });
    chosen.set(
      connection,
      url === undefined ? { url: own!.url, isPrivate: own!.origin !== 'configured' } : { url, isPrivate: false },
    );
  }
  return {
    of: (sync) => chosen.get(sync.connection)!,
    release: async () => own?.release(),
  };
}

/** Where the file of a sync with transport s3 goes; undefined for the others. */
export async function stageFor(
  project: Project,
  request: Request,
  { transport }: SyncDefinition,
): Promise<SyncDeps['stage']> {
  if (transport.kind !== 's3') return undefined;
  const { stageAccess } = await import('../sync/index.ts');
  const { name, type, credentials } = await outputs(project, request)(transport.connection);
  if (type === 's3') return stageAccess(credentials);
  throw new TsdbtError({
    code: 'TSD1004',
    message: `Connection '${name}' is an output of type ${type}; a sync by way of S3 needs one of type s3`,
  });
}

/** Undefined where the output names no server, so that a private one is wanted. */
function urlOf({ name, type, credentials }: Target, credentialsUrl: CredentialsUrl): string | undefined {
  if (type === 'postgres') return credentialsUrl(credentials);
  throw new TsdbtError({
    code: 'TSD1004',
    message: `Connection '${name}' is an output of type ${type}; a sync needs one of type postgres`,
  });
}
