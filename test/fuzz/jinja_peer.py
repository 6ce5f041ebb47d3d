"""Renders templates with real Jinja2: one JSON request a line in, one JSON answer a line out, in order.

The first line is the context that all templates see. An answer is {output}, {native}, {error, message, lineno} or {skip}.
Requests for dbt's environment are skipped where dbt is not installed in this Python.
"""

import json
import os
import re
import resource
import signal
import sys

from jinja2 import ChainableUndefined, DebugUndefined, DictLoader, StrictUndefined, TemplateSyntaxError, Undefined
from jinja2.sandbox import SandboxedEnvironment

try:
    from jinja_peer_dbt import DbtPeer
except ImportError:
    DbtPeer = None

KINDS = {"strict": StrictUndefined, "chainable": ChainableUndefined, "debug": DebugUndefined}


INF = float("inf")


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
    if "$set" in value:
        return set(decode(item) for item in value["$set"])
    if "$dict" in value:
        return {decode(key): decode(item) for key, item in value["$dict"]}
    return {key: decode(item) for key, item in value.items()}


def encode(value, inside=()):
    if value is None or isinstance(value, bool):
        return value
    # dbt's marks of text are strings too.
    if isinstance(value, str):
        return str(value)
    if type(value) is int:
        return value if abs(value) < 2**53 else {"$int": str(value)}
    if type(value) is float:
        return {"$float": repr(value)} if value.is_integer() or value in (INF, -INF) or value != value else value
    # YAML's anchors make values that hold themselves.
    if id(value) in inside:
        return {"$repr": repr(value)}
    inside = (*inside, id(value))
    if type(value) in (list, tuple):
        items = [encode(item, inside) for item in value]
        return items if type(value) is list else {"$tuple": items}
    if type(value) is dict:
        return {str(key): encode(item, inside) for key, item in value.items()}
    return {"$repr": repr(value)}


def environment(options, files):
    return SandboxedEnvironment(
        undefined=KINDS.get(options.get("undefined"), Undefined),
        trim_blocks=options.get("trim_blocks", False),
        lstrip_blocks=options.get("lstrip_blocks", False),
        keep_trailing_newline=options.get("keep_trailing_newline", False),
        extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
        loader=DictLoader(files) if files else None,
    )


def line_of(error):
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    line = None
    tb = error.__traceback__
    while tb:
        if tb.tb_frame.f_code.co_filename == "<template>":
            line = tb.tb_lineno
        tb = tb.tb_next
    return line


def failure(error):
    # dbt wraps what happens in a macro; the lines of the engine's own error are not known then.
    wrapped = type(error).__name__.startswith("Caught")
    while type(error).__name__.startswith("Caught"):
        error = error.__context__
    if isinstance(error.__cause__, (TemplateSyntaxError, SyntaxError)):
        error = error.__cause__
    found = {"error": type(error).__name__, "message": str(error)}
    if isinstance(error, TemplateSyntaxError):
        found["message"] = error.message
    elif DbtPeer and isinstance(error, DbtPeer.Error):
        native = found["error"] == "JinjaRenderingError"
        found = {"error": found["error"] if native else "CompilationError", "message": error.msg}
    lineno = None if wrapped else line_of(error)
    return found if lineno is None else {**found, "lineno": lineno}


class Peer:
    def __init__(self, context):
        self.context = context
        self.environments = {}
        self.dbt = DbtPeer() if DbtPeer else None

    def env(self, options):
        key = json.dumps(options, sort_keys=True)
        if key not in self.environments:
            self.environments[key] = environment(options, None)
        return self.environments[key]

    def render(self, request):
        options = request["options"]
        files = request.get("files")
        words = set(re.findall(r"\w+", json.dumps([request["template"], files, request.get("macros")])))
        context = {key: decode(value) for key, value in self.context.items() if key in words}
        if options.get("env") == "dbt":
            result = self.dbt.render(request, context)
            return {"native": encode(result)} if options.get("native") else {"output": result}
        env = environment(options, files) if files else self.env(options)
        return {"output": env.from_string(request["template"]).render(context)}

    def answer(self, request):
        if request["options"].get("env") == "dbt" and self.dbt is None:
            return {"skip": True}
        signal.setitimer(signal.ITIMER_VIRTUAL, 2)
        try:
            return self.render(request)
        except (TooLong, MemoryError):
            return {"skip": True}
        except Exception as error:
            return failure(error)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def main():
    signal.signal(signal.SIGVTALRM, too_long)
    resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
    # dbt prints and logs to stdout, which is for answers alone.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    peer = Peer(json.loads(sys.stdin.readline()))
    for line in sys.stdin:
        print(json.dumps(peer.answer(json.loads(line))), file=answers, flush=True)


main()
