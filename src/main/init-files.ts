export interface NewProject {
  readonly name: string;
  readonly profile: string;
  /** Whether the profile is written too, with a private server of the project's own. */
  readonly hasProfile: boolean;
}

/** The files of a new project, texts by their paths in it: one model, tests of it, and where to run them. */
export function projectFiles({ name, profile, hasProfile }: NewProject): Readonly<Record<string, string>> {
  return {
    'dbt_project.yml': `name: ${name}
version: '1.0.0'
config-version: 2
profile: ${profile}

model-paths: [models]
seed-paths: [seeds]
test-paths: [tests]
macro-paths: [macros]
snapshot-paths: [snapshots]
clean-targets: [target, dbt_packages]

models:
  ${name}:
    +materialized: table
`,
    ...(hasProfile ? { 'profiles.yml': profiles(profile) } : {}),
    '.gitignore': 'target/\nlogs/\ndbt_packages/\n.tsdbt/\n',
    'models/days.sql': `-- The last week, a row for each day. Replace it with a model of your own.
select
    toDate(now()) - number as day,
    number as days_ago
from numbers({{ var('days', 7) }})
`,
    'models/days.yml': `models:
  - name: days
    description: The days up to today.
    columns:
      - name: day
        description: A day; each is there once.
        data_tests:
          - unique
`,
  };
}

/** The private server needs no account; a server of one's own is written beside it. */
function profiles(profile: string): string {
  return `${profile}:
  target: local
  outputs:
    # A ClickHouse that tsdbt starts and stops itself.
    local:
      type: clickhouse
      schema: analytics
      threads: 4
      embedded: {path: .tsdbt/clickhouse}
    # Your own: tsdbt build --target server
    server:
      type: clickhouse
      schema: analytics
      threads: 4
      host: "{{ env_var('CLICKHOUSE_HOST', 'localhost') }}"
      port: 8123
      user: "{{ env_var('CLICKHOUSE_USER', 'default') }}"
      password: "{{ env_var('CLICKHOUSE_PASSWORD', '') }}"
`;
}
