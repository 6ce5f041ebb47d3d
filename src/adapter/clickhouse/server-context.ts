import type { Emit } from '../../model/index.ts';
import type { RelationCache } from './catalog/cache.ts';
import type { Driver } from './driver/index.ts';
import type { Profile } from './profile.ts';
import type { CommentFields } from './query-comment.ts';

/** What all nodes of an invocation share about the server. */
export interface ServerContext {
  /** Undefined: no server can be reached. */
  readonly driver: Driver | undefined;
  readonly profile: Profile;
  /** The target's own. */
  readonly schema: string;
  readonly invocationId: string;
  readonly emit: Emit;
  /** A staging relation could not be dropped. */
  leavesBehind(): void;
  readonly cache: RelationCache;
  readonly commentFields: Pick<CommentFields, 'dbtVersion' | 'profileName' | 'targetName'>;
  /** Reads the relations of these schemas, for the first time or once more. */
  load(schemas: readonly string[]): Promise<void>;
}
