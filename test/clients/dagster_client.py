"""dagster-dbt drives tsdbt by its path: everything, a part, and a model that fails."""

import sys
from pathlib import Path

from dagster import AssetExecutionContext, AssetSelection, materialize
from dagster_dbt import DbtCliResource, dbt_assets

project, executable = Path(sys.argv[1]), sys.argv[2]
dbt = DbtCliResource(project_dir=str(project), profiles_dir=str(project), dbt_executable=executable)
parsed = dbt.cli(["parse", "--quiet"], target_path=Path("target")).wait()
assert parsed.is_successful()


@dbt_assets(manifest=parsed.target_path / "manifest.json")
def models(context: AssetExecutionContext, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()


def run(**options):
    result = materialize([models], resources={"dbt": dbt}, raise_on_error=False, **options)
    events = [event.event_type_value for event in result.all_events]
    return result.success, events.count("ASSET_MATERIALIZATION"), events.count("ASSET_CHECK_EVALUATION")


assert run() == (True, 3, 2), run()
assert run(selection=AssetSelection.keys("first"))[:2] == (True, 1)
(project / "models/second.sql").write_text("select nope from {{ ref('first') }}")
success, made, _ = run()
assert not success and made == 2, (success, made)
