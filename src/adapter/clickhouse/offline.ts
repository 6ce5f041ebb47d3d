import { TsdbtError } from '../../error/index.ts';
import type { Target } from '../../model/index.ts';
import { DBT_VERSION } from '../../util/versions.ts';
import { RelationCache } from './catalog/cache.ts';
import { readProfile } from './profile.ts';
import type { ServerContext } from './server-context.ts';

/** The server nobody reaches: every relation is absent. */
export function offlineServer(target: Target): ServerContext {
  return {
    driver: undefined,
    profile: readProfile(target),
    schema: target.schema,
    invocationId: '',
    emit: () => {},
    leavesBehind: () => {},
    cache: new RelationCache(),
    commentFields: { dbtVersion: DBT_VERSION, profileName: target.profileName, targetName: target.name },
    load: () => Promise.resolve(),
  };
}

export function unreachable(sql: string): TsdbtError {
  const first = sql.trim().split('\n')[0] ?? '';
  return new TsdbtError({
    code: 'TSD3002',
    message: `a statement needs a ClickHouse server, and none can be reached: ${first}`,
    hint: 'Start the server, or check the profile with `tsdbt debug`.',
  });
}
