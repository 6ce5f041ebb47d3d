"""Renders templates with real Jinja2: one JSON request a line in, one JSON answer a line out, in order.

The first line is the context that all templates see. An answer is {output}, {error, message, lineno} or {skip}.
"""

import json
import resource
import signal
import sys

from jinja2 import StrictUndefined, Undefined
from jinja2.sandbox import SandboxedEnvironment


class TooLong(BaseException):
    """Not an Exception, so that nothing in Jinja2 catches it."""


def too_long(*_):
    raise TooLong


def decode(value):
    if isinstance(value, list):
        return [decode(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "$tuple" in value:
        return tuple(decode(item) for item in value["$tuple"])
    if "$float" in value:
        return float(value["$float"])
    if "$int" in value:
        return int(value["$int"])
    if "$dict" in value:
        return {decode(key): decode(item) for key, item in value["$dict"]}
    return {key: decode(item) for key, item in value.items()}


def environment(options):
    return SandboxedEnvironment(
        undefined=StrictUndefined if options.get("undefined") == "strict" else Undefined,
        trim_blocks=options.get("trim_blocks", False),
        lstrip_blocks=options.get("lstrip_blocks", False),
        keep_trailing_newline=options.get("keep_trailing_newline", False),
        extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
    )


def answer(env, template, context):
    signal.setitimer(signal.ITIMER_VIRTUAL, 2)
    try:
        return {"output": env.from_string(template).render(decode(context))}
    except (TooLong, MemoryError):
        return {"skip": True}
    except Exception as error:
        found = {"error": type(error).__name__, "message": str(error)}
        lineno = getattr(error, "lineno", None)
        return found if lineno is None else {**found, "lineno": lineno}
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def main():
    signal.signal(signal.SIGVTALRM, too_long)
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    context = json.loads(sys.stdin.readline())
    environments = {}
    for line in sys.stdin:
        request = json.loads(line)
        options = request["options"]
        key = json.dumps(options, sort_keys=True)
        if key not in environments:
            environments[key] = environment(options)
        print(json.dumps(answer(environments[key], request["template"], context)), flush=True)


main()
