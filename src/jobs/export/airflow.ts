import type { JobDefinition } from '../types.ts';
import { type Exporter, fiveFields, hardLimit, shellWord } from './types.ts';

/** One file with a DAG for each job. tsdbt retries and locks by itself; a skip of its own is a skip there. */
export const airflow: Exporter = (jobs, { command, dir, project }) => [
  {
    name: `${project}_dags.py`,
    text: `${HEADER}${jobs.map((job) => call(job, command, dir, project)).join('')}`,
  },
];

const HEADER = `"""Jobs of tsdbt as DAGs, written by \`tsdbt job export --format airflow\`. Change jobs/*.yml instead of this file."""

from datetime import timedelta

import pendulum
from airflow import DAG

try:
    from airflow.providers.standard.operators.bash import BashOperator
except ImportError:
    from airflow.operators.bash import BashOperator


def tsdbt_job(name, description, schedule, zone, seconds, command, folder, tags):
    dag = DAG(
        dag_id=name,
        description=description,
        schedule=schedule,
        start_date=pendulum.datetime(2024, 1, 1, tz=zone),
        catchup=False,
        max_active_runs=1,
        dagrun_timeout=timedelta(seconds=seconds + 60),
        tags=tags,
    )
    BashOperator(
        task_id="run",
        bash_command=command,
        cwd=folder,
        append_env=True,
        retries=0,
        execution_timeout=timedelta(seconds=seconds),
        skip_on_exit_code=[98, 99],
        dag=dag,
    )
    return dag


`;

function call(job: JobDefinition, command: string, dir: string, project: string): string {
  const { name, description, schedule } = job;
  const values = [
    name,
    description.replace(/\s+/g, ' ').trim(),
    fiveFields(job),
    schedule.zone,
    hardLimit(job),
    // Airflow takes a command that ends in .sh for the name of a template file.
    `${command} job run ${shellWord(name)} `,
    dir,
  ].map((value) => JSON.stringify(value));
  return `${name.replace(/\W/g, '_')} = tsdbt_job(${values.join(', ')}, ${JSON.stringify(['tsdbt', project])})\n`;
}
