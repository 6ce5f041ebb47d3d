"""astronomer-cosmos lists the project through tsdbt and reads its manifest; its operators run it in a subprocess."""

import subprocess
import sys
from pathlib import Path
from unittest.mock import MagicMock

from cosmos import ExecutionConfig, ProfileConfig, ProjectConfig, RenderConfig
from cosmos.constants import ExecutionMode, InvocationMode, LoadMode
from cosmos.dbt.graph import DbtGraph
from cosmos.operators.local import DbtRunLocalOperator, DbtSeedLocalOperator, DbtTestLocalOperator

project, executable = Path(sys.argv[1]), sys.argv[2]
profile = ProfileConfig(profile_name="small", target_name="dev", profiles_yml_filepath=project / "profiles.yml")


def listed(mode, **select):
    by_manifest = mode == LoadMode.DBT_MANIFEST
    graph = DbtGraph(
        project=ProjectConfig(
            dbt_project_path=None if by_manifest else project,
            manifest_path=project / "target/manifest.json" if by_manifest else None,
            project_name="small",
        ),
        render_config=RenderConfig(
            dbt_executable_path=executable, load_method=mode, invocation_mode=InvocationMode.SUBPROCESS, **select
        ),
        execution_config=ExecutionConfig(
            dbt_executable_path=executable, dbt_project_path=project if by_manifest else None
        ),
        profile_config=profile,
    )
    graph.load(method=mode, execution_mode=ExecutionMode.LOCAL)
    return set(graph.filtered_nodes)


every = listed(LoadMode.DBT_LS)
wanted = {"seed.small.raw", "model.small.first", "model.small.second", "source.small.landed.raw"}
assert wanted < every and len(every) == 6, every
assert "model.small.second" not in listed(LoadMode.DBT_LS, select=["tag:core"])
assert listed(LoadMode.DBT_LS, select=["no_such_node"]) == set()
subprocess.run([executable, "parse", "--quiet"], cwd=project, check=True)
assert listed(LoadMode.DBT_MANIFEST) == every

for operator in (DbtSeedLocalOperator, DbtRunLocalOperator, DbtTestLocalOperator):
    task = operator(
        task_id=operator.__name__,
        project_dir=str(project),
        profile_config=profile,
        dbt_executable_path=executable,
        invocation_mode=InvocationMode.SUBPROCESS,
        append_env=True,
        emit_datasets=False,
    )
    context = {"run_id": "x", "task_instance": MagicMock(), "ti": MagicMock()}
    done = task.build_and_run_cmd(context=context, cmd_flags=task.add_cmd_flags())
    assert done.exit_code == 0, done
