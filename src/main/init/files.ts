import type { Output } from './profile.ts';
import { profileText } from './profile.ts';

export interface NewProject {
  readonly name: string;
  readonly profile: string;
  /** Where it runs; undefined where a profile is there already, or is not wanted. */
  readonly output?: Output | undefined;
}

const FOLDERS = ['analyses', 'macros', 'seeds', 'snapshots', 'tests'];

/** The files of a new project, texts by their paths in it: laid out as dbt's, and it builds as it is. */
export function projectFiles({ name, profile, output }: NewProject): Readonly<Record<string, string>> {
  return {
    'README.md': readme(name),
    'dbt_project.yml': projectText(name, profile),
    ...(output === undefined ? {} : { 'profiles.yml': profileText(profile, output) }),
    '.gitignore': 'target/\nlogs/\ndbt_packages/\n.tsdbt/\n',
    'models/example/my_first_dbt_model.sql': `-- The last week, a row for each day. Replace it with a model of your own.
{{ config(materialized='table') }}

select
    toDate(now()) - number as day,
    number as days_ago
from numbers({{ var('days', 7) }})
`,
    'models/example/my_second_dbt_model.sql': `-- ref() names another model: this one is built after it, and a view unless it says otherwise.
select day
from {{ ref('my_first_dbt_model') }}
where days_ago = 0
`,
    'models/example/schema.yml': `models:
  - name: my_first_dbt_model
    description: The days up to today.
    columns:
      - name: day
        description: A day; each is there once.
        data_tests:
          - unique
          - not_null

  - name: my_second_dbt_model
    description: Today.
    columns:
      - name: day
        data_tests:
          - unique
          - not_null
`,
    ...Object.fromEntries(FOLDERS.map((folder) => [`${folder}/.gitkeep`, ''])),
  };
}

function projectText(name: string, profile: string): string {
  return `name: ${name}
version: '1.0.0'
config-version: 2
profile: ${profile}

model-paths: [models]
analysis-paths: [analyses]
test-paths: [tests]
seed-paths: [seeds]
macro-paths: [macros]
snapshot-paths: [snapshots]
clean-targets: [target, dbt_packages]

models:
  ${name}:
    example:
      +materialized: view
`;
}

function readme(name: string): string {
  return `# ${name}

    tsdbt build            build and test everything
    tsdbt run -s my_first_dbt_model+   one model, and what reads it
    tsdbt docs generate && tsdbt docs serve

Models are in \`models/\`, rows of your own in \`seeds/\`, tests in \`tests/\` and beside the models. \`profiles.yml\` says
where it runs.
`;
}
