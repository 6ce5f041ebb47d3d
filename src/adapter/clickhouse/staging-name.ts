import { createHash } from 'node:crypto';

/** Bytes: a table's name becomes a file's name, with characters escaped. */
const LONGEST = 200;

/** A name for this invocation alone: `orders__dbt_tmp_<invocation>`. Too long a name loses its tail to a hash. */
export function stagingName(identifier: string, suffix: string, invocationId: string): string {
  const tail = `${suffix}_${invocationId.replaceAll('-', '_')}`;
  const room = LONGEST - tail.length;
  if (Buffer.byteLength(identifier) <= room) return `${identifier}${tail}`;
  const hash = createHash('sha1').update(identifier).digest('hex').slice(0, 8);
  return `${Buffer.from(identifier)
    .subarray(0, room - 9)
    .toString('latin1')
    .replace(/[^\w]/g, '_')}_${hash}${tail}`;
}

const STAGING =
  /__(?:dbt_(?:tmp|backup|new_data|changes)|snapshot_upsert)(?:_\w+?)?_([0-9a-f]{8}(?:_[0-9a-f]{4}){3}_[0-9a-f]{12})$/;

/** The invocation a staging relation belongs to; undefined for relations that are none. */
export function invocationOf(identifier: string): string | undefined {
  return STAGING.exec(identifier)?.[1]?.replaceAll('_', '-');
}
