import { TsdbtError } from '../error/index.ts';
import type { Project, Target } from '../model/index.ts';
import type { PostgresServer, SyncDefinition } from '../sync/index.ts';
import type { Request } from './request.ts';

export interface PostgresChoice {
  readonly url: string;
  /** Ours, started for this run: it begins without the readers' tables. */
  readonly isPrivate: boolean;
}

/** The Postgres of each sync's connection: the server its output in profiles.yml names, else a private one, started once. */
export async function postgresFor(
  project: Project,
  request: Request,
  syncs: readonly SyncDefinition[],
): Promise<{ of(sync: SyncDefinition): PostgresChoice; release(): Promise<void> }> {
  const { renderOutput } = await import('../load/index.ts');
  const { ensurePostgres } = await import('../sync/index.ts');
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
    const url = urlOf(output);
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

/** An output says `url`, or host and so on as dbt-postgres has them; with neither filled in the server is private. */
function urlOf({ name, type, credentials: output }: Target): string | undefined {
  if (type !== 'postgres') {
    throw new TsdbtError({
      code: 'TSD1004',
      message: `Connection '${name}' is an output of type ${type}; a sync needs one of type postgres`,
    });
  }
  const text = (key: string): string => (output[key] === undefined || output[key] === null ? '' : String(output[key]));
  if (text('url') !== '') return text('url');
  if (text('host') === '') return undefined;
  const url = new URL(`postgres://${text('host')}`);
  url.port = text('port') || '5432';
  url.username = encodeURIComponent(text('user'));
  url.password = encodeURIComponent(text('password') || text('pass'));
  url.pathname = `/${text('dbname') || text('database')}`;
  if (text('sslmode') !== '') url.searchParams.set('sslmode', text('sslmode'));
  return url.href;
}
