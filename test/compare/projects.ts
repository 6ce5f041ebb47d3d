/** A public dbt project, as it lies under the folder of the comparison: none of its code is ours. */
export interface PublicProject {
  readonly name: string;
  /** On github.com. */
  readonly repository: string;
  /** Of dbt_project.yml, below the folder named like the repository without its owner. */
  readonly folder?: string;
  /** Names of the projects below that it installs, what they need themselves included. */
  readonly packages?: readonly string[];
  readonly vars?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** The projects, and the packages that they install. */
export const PROJECTS: readonly PublicProject[] = [
  { name: 'dbt_utils', repository: 'dbt-labs/dbt-utils' },
  { name: 'dbt_utils_tests', repository: 'dbt-labs/dbt-utils', folder: 'integration_tests', packages: ['dbt_utils'] },
  { name: 'dbt_date', repository: 'godatadriven/dbt-date' },
  { name: 'dbt_date_tests', repository: 'godatadriven/dbt-date', folder: 'integration_tests', packages: ['dbt_date'] },
  { name: 'dbt_expectations', repository: 'metaplane/dbt-expectations', packages: ['dbt_date'] },
  {
    name: 'dbt_expectations_tests',
    repository: 'metaplane/dbt-expectations',
    folder: 'integration_tests',
    packages: ['dbt_expectations', 'dbt_date'],
  },
  { name: 'elementary', repository: 'elementary-data/dbt-data-reliability', packages: ['dbt_utils'] },
  {
    name: 'elementary_tests',
    repository: 'elementary-data/dbt-data-reliability',
    folder: 'integration_tests/dbt_project',
    packages: ['elementary', 'dbt_utils'],
  },
  { name: 'dbt_artifacts', repository: 'brooklyn-data/dbt_artifacts' },
  { name: 'codegen', repository: 'dbt-labs/dbt-codegen', packages: ['dbt_utils'] },
  {
    name: 'codegen_tests',
    repository: 'dbt-labs/dbt-codegen',
    folder: 'integration_tests',
    packages: ['codegen', 'dbt_utils'],
  },
  { name: 'audit_helper', repository: 'dbt-labs/dbt-audit-helper', packages: ['dbt_utils'] },
  {
    name: 'audit_helper_tests',
    repository: 'dbt-labs/dbt-audit-helper',
    folder: 'integration_tests',
    packages: ['audit_helper', 'dbt_utils'],
  },
  { name: 'project_evaluator', repository: 'dbt-labs/dbt-project-evaluator', packages: ['dbt_utils'] },
  {
    name: 'project_evaluator_tests',
    repository: 'dbt-labs/dbt-project-evaluator',
    folder: 'integration_tests_2',
    packages: ['project_evaluator', 'dbt_utils'],
  },
  { name: 'jaffle_shop', repository: 'dbt-labs/jaffle-shop', packages: ['dbt_utils', 'dbt_date', 'audit_helper'] },
  { name: 'jaffle_shop_classic', repository: 'dbt-labs/jaffle_shop' },
  { name: 'aspects', repository: 'openedx/aspects-dbt', packages: ['codegen', 'dbt_utils'] },
  {
    name: 'cerebro',
    repository: 'gnosischain/dbt-cerebro',
    packages: ['dbt_utils', 'elementary'],
    env: { CEREBRO_PII_SALT: '00' },
  },
  {
    name: 'open_learning',
    repository: 'mitodl/ol-data-platform',
    folder: 'src/ol_dbt',
    packages: ['dbt_utils', 'dbt_expectations', 'dbt_date'],
  },
  { name: 'external_tables', repository: 'dbt-labs/dbt-external-tables' },
];
