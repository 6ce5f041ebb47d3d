import { TsdbtError } from '../../error/index.ts';

/** What `s3source` may be told, by argument, by the model's `<name>s3` config or by the project's vars. */
export interface S3Source {
  readonly structure: string | readonly string[] | ReadonlyMap<string, string>;
  readonly fmt: string;
  readonly bucket: string;
  readonly path: string;
  readonly aws_access_key_id: string;
  readonly aws_secret_access_key: string;
  readonly role_arn: string;
  readonly external_id: string;
  readonly compression: string;
}

/** The `s3(...)` table function. Throws TSD2003 for credentials that are only half there. */
export function s3Clause(source: S3Source): string {
  const structure = structureText(source.structure);
  const parts = [`'${url(source.bucket, source.path)}'`, ...keys(source), `'${source.fmt}'`];
  if (structure !== '' || source.compression) parts.push(`'${structure}'`);
  if (source.compression) parts.push(`'${source.compression}'`);
  if (source.external_id && !source.role_arn) throw half('S3 external_id specified without role_arn');
  if (source.role_arn) {
    const external = source.external_id ? `, external_id='${source.external_id}'` : '';
    parts.push(`extra_credentials(role_arn='${source.role_arn}'${external})`);
  }
  return `s3(${parts.join(', ')})`;
}

function structureText(structure: S3Source['structure']): string {
  if (typeof structure === 'string') return structure;
  if (structure instanceof Map) return [...structure].map(([name, type]) => `${name} ${type}`).join(',');
  return (structure as readonly string[]).join(',');
}

function url(bucket: string, path: string): string {
  const host = bucket.replace('https://', '');
  const slash = path && !host.endsWith('/') && !path.startsWith('/') ? '/' : '';
  return `https://${`${host}${slash}${path}`.replaceAll('//', '/')}`;
}

function keys(source: S3Source): readonly string[] {
  const { aws_access_key_id: id, aws_secret_access_key: secret } = source;
  if (id && !secret) throw half('S3 aws_access_key_id specified without aws_secret_access_key');
  if (secret && !id) throw half('S3 aws_secret_access_key specified without aws_access_key_id');
  return id ? [`'${id}'`, `'${secret}'`] : [];
}

function half(message: string): TsdbtError {
  return new TsdbtError({ code: 'TSD2003', message, hint: 'Give both, or none of the two.' });
}
