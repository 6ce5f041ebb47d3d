"""Runs real dbt, a process forked for each command, so that its imports are paid once.

Reads a JSON object per line: {args, cwd, env, stdout, stderr}; answers each with its exit code on a line.
With --flags it prints every parameter of every command instead.
"""
import json
import os
import sys


def flags():
    import click
    from dbt.cli.main import cli

    def parameters(command):
        for one in command.params:
            if isinstance(one, click.Argument):
                yield {"name": one.name, "argument": True}
                continue
            kind = "flag" if one.is_flag else type(one.type).__name__
            choices = list(getattr(one.type, "choices", None) or []) or None
            yield {
                "name": one.name,
                "opts": one.opts,
                "off": one.secondary_opts,
                "kind": kind,
                "choices": choices,
                "env": one.envvar,
                "hidden": one.hidden,
            }

    def walk(command, path):
        yield " ".join(path), list(parameters(command))
        for name in sorted(getattr(command, "commands", {})):
            yield from walk(command.commands[name], [*path, name])

    known, commands = [], {}
    for name, found in walk(cli, []):
        for one in found:
            if one not in known:
                known.append(one)
        commands[name] = [known.index(one) for one in found]
    print(json.dumps({"parameters": known, "commands": commands}))


def child(command):
    os.chdir(command["cwd"])
    os.environ.clear()
    os.environ.update(command["env"])
    for number, name in ((1, "stdout"), (2, "stderr")):
        file = os.open(command[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, number)
    sys.stdin = open(os.devnull)
    sys.argv = ["dbt", *command["args"]]
    from dbt.cli.main import cli

    code = 1
    try:
        cli(prog_name="dbt")
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
    except BaseException as error:
        print(repr(error), file=sys.stderr)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def main():
    import dbt.cli.main
    import dbt.adapters.clickhouse  # noqa: F401
    import dbt.adapters.clickhouse.httpclient  # noqa: F401

    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            child(json.loads(line))
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    flags() if "--flags" in sys.argv else main()
