"""What `tsdbt job export --format airflow` writes, imported by Airflow, and a job run by its operator."""

import importlib.util
import subprocess
import sys
from pathlib import Path

project, executable = Path(sys.argv[1]), sys.argv[2]
subprocess.run(
    [executable, "job", "export", "--format", "airflow", "--command", executable, "--output-dir", str(project / "dags")],
    cwd=project,
    check=True,
)
spec = importlib.util.spec_from_file_location("dags", project / "dags/small_dags.py")
dags = importlib.util.module_from_spec(spec)
spec.loader.exec_module(dags)

dag = dags.small_core
assert dag.max_active_runs == 1 and dag.catchup is False, dag
assert str(dag.timezone.name) == "Europe/Berlin", dag.timezone
task = dag.get_task("run")
assert task.execution_timeout < dag.dagrun_timeout and task.retries == 0, task
said = task.execute({})
assert "success" in said, said
