// `npm run test:clients`: real clients from PyPI against bin/tsdbt.js. Without Python, or without PyPI, it says so and ends well.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const bin = fileURLToPath(new URL('../../bin/tsdbt.js', import.meta.url));
/** Virtual environments are kept between runs: they are hundreds of megabytes. */
const venvs = process.env['TSDBT_CLIENTS'] ?? join(tmpdir(), 'tsdbt-clients');

const CLIENTS = [
  { name: 'dagster', packages: ['dagster-dbt==0.29.27', 'python-dateutil'] },
  { name: 'cosmos', packages: ['astronomer-cosmos==1.15.1', 'apache-airflow-core'] },
  { name: 'airflow', packages: ['apache-airflow-core', 'apache-airflow-providers-standard'] },
  { name: 'datahub', packages: ['acryl-datahub[dbt]==1.7.0.17'] },
  { name: 'artifacts', packages: ['dbt-artifacts-parser', 'openlineage-dbt'] },
];

const run = (command, args, options = {}) => spawnSync(command, args, { stdio: 'inherit', ...options }).status === 0;

if (!run('python3', ['--version'])) {
  console.log('skipped: there is no python3, and the clients are written in it');
  process.exit(0);
}

/** `npm run test:clients -- airflow`: some of them. */
const asked = process.argv.slice(2);
let failed = 0;
for (const { name, packages } of CLIENTS) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const venv = join(venvs, name);
  const python = join(venv, 'bin/python');
  const ready =
    existsSync(join(venv, 'ready')) ||
    (run('python3', ['-m', 'venv', venv]) &&
      run(python, ['-m', 'pip', 'install', '-q', '--only-binary', ':all:', ...packages]));
  if (!ready) {
    console.log(`skipped: ${name} could not be installed from PyPI`);
    continue;
  }
  writeFileSync(join(venv, 'ready'), '');
  const ok = check(name, python);
  console.log(`${ok ? 'ok' : 'FAILED'}: ${name}`);
  if (!ok) failed++;
}
process.exitCode = failed === 0 ? 0 : 1;

/** The client in a copy of the project, with tsdbt under the name dbt. */
function check(name, python) {
  const folder = mkdtempSync(join(tmpdir(), `tsdbt-${name}-`));
  const project = join(folder, 'project');
  cpSync(join(here, 'project'), project, { recursive: true });
  mkdirSync(join(folder, 'bin'));
  const executable = join(folder, 'bin/dbt');
  writeFileSync(executable, `#!/bin/sh\nexec '${process.execPath}' '${bin}' "$@"\n`);
  chmodSync(executable, 0o755);
  const env = {
    ...process.env,
    TSDBT_PROGRESS: 'none',
    DAGSTER_HOME: folder,
    DATAHUB_TELEMETRY_ENABLED: 'false',
    AIRFLOW_HOME: join(folder, 'airflow'),
    AIRFLOW__COSMOS__ENABLE_CACHE: 'False',
    AIRFLOW__CORE__LOAD_EXAMPLES: 'False',
  };
  const ok = run(python, [join(here, `${name}_client.py`), project, executable], { env, cwd: folder });
  run(executable, ['server', 'stop', '--force'], { cwd: project, stdio: 'ignore' });
  rmSync(folder, { recursive: true, force: true });
  return ok;
}
