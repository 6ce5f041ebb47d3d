"""Jinja2 on the texts that come as JSON on stdin: prints CPU seconds as JSON."""

import json
import sys
import time

from jinja2.sandbox import SandboxedEnvironment

texts = json.load(sys.stdin)
env = SandboxedEnvironment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])
names = {
    "ref": lambda name: f"db.{name}",
    "config": lambda **_: "",
    "is_incremental": lambda: False,
    "columns": texts["columns"],
    "days": texts["days"],
}


def timed(run):
    began = time.process_time()
    result = run()
    return time.process_time() - began, result


compiling, template = timed(lambda: env.from_string(texts["model"]))
first, text = timed(lambda: template.render(names))
for _ in range(200):
    template.render(names)
again, _ = timed(lambda: [template.render(names) for _ in range(50)])


def small(tail):
    return sum(len(env.from_string(source + tail).render(names)) for source in texts["small"])


cold, _ = timed(lambda: small("1"))
warm, size = timed(lambda: small("w"))
print(
    json.dumps({"compile": compiling, "first": first, "again": again / 50, "cold": cold, "warm": warm, "size": size, "length": len(text.rstrip())})
)
