import { quoteValue } from '../names.ts';
import type { StageFormat } from './carrier.ts';

/** How ClickHouse reaches the bucket. Holds secrets, so it is never part of a plan. */
export interface StageAccess {
  /** `http(s)://host/bucket/folder`, where the files go; not with a named collection, which has its own. */
  readonly url?: string | undefined;
  readonly accessKeyId?: string | undefined;
  readonly secretAccessKey?: string | undefined;
  readonly sessionToken?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly externalId?: string | undefined;
  /** A collection of the server that holds address and credentials. */
  readonly namedCollection?: string | undefined;
}

export interface StageFile {
  /** Below the address of the access. */
  readonly path: string;
  readonly format: StageFormat;
}

/** SQL of ClickHouse around a call of s3(), which is put in only when the statement is sent. `structure`: of the file. */
export interface StagedSql {
  readonly before: string;
  readonly structure: string;
  readonly after: string;
}

/** The whole statement; ClickHouse hides the credentials of s3() in its logs. */
export function stagedStatement({ before, structure, after }: StagedSql, file: StageFile, access: StageAccess): string {
  return `${before}${s3Call(file, structure, access)}${after}`;
}

/** The same for people. */
export function hidden(access: StageAccess): StageAccess {
  const hide = (secret: string | undefined): string | undefined => secret && '[HIDDEN]';
  const url = access.url?.replace(/\?.*$/, '').replace(/\/\/[^/@]*@/, '//');
  return {
    ...access,
    url,
    accessKeyId: hide(access.accessKeyId),
    secretAccessKey: hide(access.secretAccessKey),
    sessionToken: hide(access.sessionToken),
    externalId: hide(access.externalId),
  };
}

function s3Call({ path, format }: StageFile, structure: string, access: StageAccess): string {
  if (access.namedCollection !== undefined) {
    const collection = `\`${access.namedCollection.replaceAll('`', '')}\``;
    return `s3(${collection}, filename = ${quoteValue(path)}, format = '${format}', structure = ${quoteValue(structure)})`;
  }
  const { accessKeyId, secretAccessKey, sessionToken, roleArn, externalId } = access;
  const keys = accessKeyId === undefined ? [] : [accessKeyId, secretAccessKey ?? ''];
  const given = [...keys, ...(sessionToken === undefined ? [] : [sessionToken])].map(quoteValue);
  const external = externalId === undefined ? '' : `, external_id = ${quoteValue(externalId)}`;
  const role = roleArn === undefined ? [] : [`extra_credentials(role_arn = ${quoteValue(roleArn)}${external})`];
  const url = quoteValue(`${(access.url ?? '').replace(/\/+$/, '')}/${path}`);
  return `s3(${[url, ...given, `'${format}'`, quoteValue(structure), ...role].join(', ')})`;
}
