import { TsdbtError } from '../../error/index.ts';

export interface CommentFields {
  readonly dbtVersion: string;
  readonly profileName: string;
  readonly targetName: string;
  readonly nodeId: string | undefined;
  readonly connectionName: string;
}

/** dbt's default query comment: JSON as Python prints it. */
export function defaultComment(fields: CommentFields): string {
  const entries: readonly (readonly [string, string])[] = [
    ['app', 'dbt'],
    ['dbt_version', fields.dbtVersion],
    ['profile_name', fields.profileName],
    ['target_name', fields.targetName],
    fields.nodeId === undefined ? ['connection_name', fields.connectionName] : ['node_id', fields.nodeId],
  ];
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(', ')}}`;
}

/** The statement with its comment before or behind it. Throws TSD2003 for a comment that would end itself. */
export function withComment(sql: string, comment: string | null, append: boolean): string {
  const text = comment?.trim();
  if (!text) return sql;
  if (text.includes('*/'))
    throw new TsdbtError({
      code: 'TSD2003',
      message: `query comment contains illegal value "*/": ${text}`,
      hint: 'Change query-comment in dbt_project.yml.',
    });
  if (!append) return `/* ${text} */\n${sql}`;
  return `${sql.trimEnd().replace(/;$/, '')}\n/* ${text} */`;
}
