"""dbt's environment for the fuzzer: the base context, and each macro of a project file called as dbt calls it."""

from argparse import Namespace

from dbt.context.base import generate_base_context
from dbt.flags import set_from_args
from dbt_common.clients.jinja import CallableMacroGenerator, extract_toplevel_blocks, get_template
from dbt_common.context import set_invocation_context
from dbt_common.exceptions import DbtRuntimeError

BLOCKS = {"macro", "materialization", "test", "data_test"}


class Macro:
    """What CallableMacroGenerator asks of a macro."""

    def __init__(self, name, sql):
        self.name = name
        self.macro_sql = sql
        self.unique_id = f"macro.fuzz.{name}"
        self.resource_type = "macro"
        self.original_file_path = "macros/fuzz.sql"


class DbtPeer:
    Error = DbtRuntimeError

    def __init__(self):
        set_from_args(Namespace(), None)
        set_invocation_context({})
        self.base = generate_base_context({})

    def render(self, request, context):
        options = request["options"]
        names = {**self.base, **context}
        for block in extract_toplevel_blocks(request.get("macros") or "", allowed_blocks=BLOCKS, collect_raw_data=False):
            name = block.block_name if block.block_type_name == "macro" else f"test_{block.block_name}"
            names[name] = CallableMacroGenerator(Macro(name, block.full_block), names)
        template = get_template(
            request["template"], names, capture_macros=options.get("capture_macros", False), native=options.get("native", False)
        )
        return template.render(names)
