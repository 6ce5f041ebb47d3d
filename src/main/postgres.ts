import { TsdbtError } from '../error/index.ts';
import type { Project, Target } from '../model/index.ts';
import type { PostgresServer, SyncDefinition } from '../sync/index.ts';
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
  const { renderOutput } = await import('../load/index.ts');
  const { credentialsUrl, ensurePostgres } = await import('../sync/index.ts');
  const chosen = new Map<string, PostgresChoice>();
  let own: PostgresServer | undefined;
  for (const { connection } of syncs) {
    if (chosen.has(connection)) continue;
    const output = await renderOutput({
      profilesDir: project.profilesDir,
      profileName: project.target.profileName,
      output: connection,
      env: request.env,
      cliVars: project.cliVars,
      cwd: request.cwd,
    });
    const url = urlOf(output, credentialsUrl);
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

/** Undefined where the output names no server, so that a private one is wanted. */
function urlOf({ name, type, credentials }: Target, credentialsUrl: CredentialsUrl): string | undefined {
  if (type === 'postgres') return credentialsUrl(credentials);
  throw new TsdbtError({
    code: 'TSD1004',
    message: `Connection '${name}' is an output of type ${type}; a sync needs one of type postgres`,
  });
}
