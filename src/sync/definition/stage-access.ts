import { TsdbtError } from '../../error/index.ts';
import type { StageAccess } from '../plan/stage/access.ts';

/** The keys that a profile output of `type: s3` may have; values as YAML or env_var gave them. */
export interface S3Credentials {
  readonly url?: unknown;
  readonly access_key_id?: unknown;
  readonly secret_access_key?: unknown;
  readonly session_token?: unknown;
  readonly role_arn?: unknown;
  readonly external_id?: unknown;
  readonly named_collection?: unknown;
  readonly [other: string]: unknown;
}

/** How ClickHouse reaches the bucket of an output; without keys by the server's own rights. Throws TSD1003, and never shows a secret. */
export function stageAccess(credentials: S3Credentials): StageAccess {
  const access: StageAccess = {
    url: text(credentials.url),
    accessKeyId: text(credentials.access_key_id),
    secretAccessKey: text(credentials.secret_access_key),
    sessionToken: text(credentials.session_token),
    roleArn: text(credentials.role_arn),
    externalId: text(credentials.external_id),
    namedCollection: text(credentials.named_collection),
  };
  const { url, accessKeyId, secretAccessKey, namedCollection } = access;
  if (namedCollection !== undefined) {
    if (url !== undefined || accessKeyId !== undefined)
      throw invalid('has a named_collection and a url or keys', 'give one of them');
    return access;
  }
  if (url === undefined || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw invalid(
      'has no url such as https://bucket.s3.eu-central-1.amazonaws.com/folder',
      'or name a named_collection',
    );
  }
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined)) {
    throw invalid('has only one of access_key_id and secret_access_key', 'give both, or none of the two');
  }
  return access;
}

function text(value: unknown): string | undefined {
  return value === undefined || value === null || value === '' ? undefined : String(value);
}

function invalid(what: string, hint: string): TsdbtError {
  return new TsdbtError({ code: 'TSD1003', message: `the s3 output ${what}`, hint: `in profiles.yml: ${hint}` });
}
