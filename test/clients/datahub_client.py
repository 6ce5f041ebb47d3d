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
    "convert_urns_to_lowercase": True,
}
recipe = {"source": {"type": "dbt", "config": source}, "sink": {"type": "file", "config": {"filename": str(told)}}}
(project / "recipe.yml").write_text(json.dumps(recipe))
datahub = Path(sys.executable).parent / "datahub"
subprocess.run([datahub, "ingest", "-c", project / "recipe.yml", "--strict-warnings"], check=True)


def short(urn):
    return urn.split(",")[1].split(".")[-1]


def aspects(record):
    """Both kinds of records: (urn, aspect's name, aspect)."""
    if "entityUrn" in record:
        yield record["entityUrn"], record["aspectName"], record["aspect"]["json"]
        return
    for snapshot in record["proposedSnapshot"].values():
        for aspect in snapshot["aspects"]:
            for name, said in aspect.items():
                short_name = name.split(".")[-1]
                yield snapshot["urn"], short_name[0].lower() + short_name[1:], said


columns, upstream, passed = {}, {}, 0
for urn, name, said in (found for record in json.loads(told.read_text()) for found in aspects(record)):
    if name == "schemaMetadata" and "dataPlatform:dbt," in urn:
        columns[short(urn)] = [(field["fieldPath"], field["nativeDataType"]) for field in said["fields"]]
    if name == "upstreamLineage" and "dataPlatform:dbt," in urn:
        upstream[short(urn)] = {short(parent["dataset"]) for parent in said["upstreams"]}
    passed += name == "assertionRunEvent" and said["result"]["type"] == "SUCCESS"

assert columns["first"] == [("id", "Int32"), ("name", "String")], columns
assert columns["second"] == [("names", "UInt64")], columns
assert "first" in upstream["second"] and "raw" in upstream["first"], upstream
# Two tests, and a source that is fresh.
assert passed == 3, passed
