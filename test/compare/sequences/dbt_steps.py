"""Real dbt in one process: a JSON list of arguments in each line of input, `@@ true` or `@@ false` for each in the output."""
import json
import os
import sys

# What dbt starts must not find our input.
lines = os.fdopen(os.dup(0))
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)

from dbt.cli.main import dbtRunner

while line := lines.readline():
    result = dbtRunner().invoke(json.loads(line))
    print(f"\n@@ {json.dumps(bool(result.success))}", flush=True)
