"""DataHub's dbt source reads every artifact and says which tables there are, of what columns, from what, tested how."""

import json
import subprocess
import sys
from pathlib import Path

project, executable = Path(sys.argv[1]), sys.argv[2]
target, told = project / "target", project / "told.json"
for words in (["build"], ["source", "freshness"]):
    subprocess.run([executable, *words], cwd=project, check=True)
results = project / "run_results.json"
(target / "run_results.json").rename(results)
subprocess.run([executable, "docs", "generate"], cwd=project, check=True)

source = {
    "manifest_path": str(target / "manifest.json"),
    "catalog_path": str(target / "catalog.json"),
    "sources_path": str(target / "sources.json"),
    "run_results_paths": [str(results)],
    "target_platform": "clickhouse",
    "write_semantics": "OVERRIDE",
    "incremental_lineage": False,
}
recipe = {"source": {"type": "dbt", "config": source}, "sink": {"type": "file", "config": {"filename": str(told)}}}
(project / "recipe.yml").write_text(json.dumps(recipe))
datahub = Path(sys.executable).parent / "datahub"
subprocess.run([datahub, "ingest", "-c", project / "recipe.yml", "--strict-warnings"], check=True)


def short(urn):
    return urn.split(",")[1]


columns, upstream, assertions = {}, {}, 0
for one in json.loads(told.read_text()):
    aspects = [one.get("aspect", {}).get("json", {})]
    aspects += [next(iter(a.values())) for a in one.get("proposedSnapshot", {}).get("urn:li:x", {}).get("aspects", [])]
    name = one.get("aspectName")
    if name == "schemaMetadata" and "platform:dbt" in one["entityUrn"]:
        columns[short(one["entityUrn"])] = [(f["fieldPath"], f["nativeDataType"]) for f in aspects[0]["fields"]]
    if name == "upstreamLineage" and "platform:dbt" in one["entityUrn"]:
        upstream[short(one["entityUrn"])] = {short(u["dataset"]) for u in aspects[0]["upstreams"]}
    assertions += name == "assertionRunEvent" and aspects[0]["result"]["type"] == "SUCCESS"
print(columns, upstream, assertions)
