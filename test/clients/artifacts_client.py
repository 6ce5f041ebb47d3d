"""dbt-artifacts-parser refuses keys it does not know; dbt-ol turns the same files into OpenLineage events."""

import json
import os
import subprocess
import sys
from pathlib import Path

from dbt_artifacts_parser.parser import parse_catalog, parse_manifest, parse_run_results, parse_sources

project, executable = Path(sys.argv[1]), sys.argv[2]
for words in (["build"], ["source", "freshness"]):
    subprocess.run([executable, *words], cwd=project, check=True)


def read(name):
    return json.loads((project / "target" / name).read_text())


assert type(parse_manifest(read("manifest.json"))).__name__ == "ManifestV12"
assert type(parse_run_results(read("run_results.json"))).__name__ == "RunResultsV6"
assert type(parse_sources(read("sources.json"))).__name__ == "SourcesV3"
subprocess.run([executable, "docs", "generate"], cwd=project, check=True)
assert type(parse_manifest(read("manifest.json"))).__name__ == "ManifestV12"
assert type(parse_run_results(read("run_results.json"))).__name__ == "RunResultsV6"
assert type(parse_catalog(read("catalog.json"))).__name__ == "CatalogV1"

# dbt-ol reads the profile itself and wants a host: the private server's, as any other client would be told.
printed = subprocess.run(
    [executable, "server", "start", "--print-env"], cwd=project, check=True, capture_output=True, text=True
).stdout
server = dict(line.removeprefix("export CLICKHOUSE_").split("=", 1) for line in printed.splitlines() if "=" in line)
profiles = project.parent / "profiles"
profiles.mkdir()
(profiles / "profiles.yml").write_text(
    "small: {target: dev, outputs: {dev: {type: clickhouse, schema: small, "
    f"host: {server['HOST']}, port: {server['PORT'].strip(chr(39))}, "
    f"user: {server['USER']}, password: {server['PASSWORD']}}}}}}}\n"
)
env = {
    **os.environ,
    "OPENLINEAGE__TRANSPORT__TYPE": "console",
    "PATH": f"{Path(executable).parent}:{os.environ['PATH']}",
    "DBT_PROFILES_DIR": str(profiles),
}
told = subprocess.run(
    [str(Path(sys.executable).parent / "dbt-ol"), "run", "--profiles-dir", str(profiles)],
    cwd=project,
    env=env,
    capture_output=True,
    text=True,
)
print(told.stdout, told.stderr)
assert told.returncode == 0
assert '"eventType": "COMPLETE"' in told.stdout + told.stderr
