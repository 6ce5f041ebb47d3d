{#- What dbt puts around a Python model. ClickHouse runs none; packages override the names by which relations are written. -#}
{% macro resolve_model_name(input_model_name) %}
  {{ return(adapter.dispatch('resolve_model_name', 'dbt')(input_model_name)) }}
{% endmacro %}

{%- macro default__resolve_model_name(input_model_name) -%}
  {{ input_model_name | string | replace('"', '\\"') }}
{%- endmacro -%}

{% macro py_script_comment() %}
{% endmacro %}

{#- The relations a Python model may ask for, each under the arguments it is asked with. -#}
{% macro build_ref_function(model) %}
  {%- set names = {} -%}
  {%- for wanted in model.refs -%}
    {%- set parts = ([wanted['package']] if wanted.get('package') else []) + [wanted['name']] -%}
    {%- set found = ref(*parts, v=wanted.get('version')) -%}
    {#- A project's own ref may give a text. -#}
    {%- set text = found.render() if found.render is defined and found.render is callable else found -%}
    {%- set version = ['v' ~ wanted['version']] if wanted.get('version') else [] -%}
    {%- do names.update({(parts + version) | join('.'): resolve_model_name(text)}) -%}
  {%- endfor %}
def ref(*args, **options):
    version = options.get("v") or options.get("version")
    key = ".".join(args) + (f".v{version}" if version else "")
    return options["dbt_load_df_function"]({{ names | tojson }}[key])
{% endmacro %}

{% macro build_source_function(model) %}
  {%- set names = {} -%}
  {%- for wanted in model.sources -%}
    {%- do names.update({wanted | join('.'): resolve_model_name(source(*wanted))}) -%}
  {%- endfor %}
def source(*args, dbt_load_df_function):
    return dbt_load_df_function({{ names | tojson }}[".".join(args)])
{% endmacro %}

{% macro build_config_dict(model) %}
  {%- set used = {} -%}
  {%- for key, default in zip(model.config.config_keys_used or [], model.config.config_keys_defaults or []) -%}
    {%- do used.update({key: model.config.get(key, default)}) -%}
  {%- endfor -%}
  {%- set meta = {} -%}
  {%- for key, default in zip(model.config.meta_keys_used or [], model.config.meta_keys_defaults or []) -%}
    {%- do meta.update({key: (model.config.meta or {}).get(key, default)}) -%}
  {%- endfor %}
config_dict = {{ used }}
meta_dict = {{ meta }}
{% endmacro %}

{% macro py_script_postfix(model) %}
{{ build_ref_function(model) }}
{{ build_source_function(model) }}
{{ build_config_dict(model) }}

class config:
    def __init__(self, *args, **options):
        pass

    @staticmethod
    def get(key, default=None):
        return config_dict.get(key, default)

    @staticmethod
    def meta_get(key, default=None):
        return meta_dict.get(key, default)

class this:
    database = "{{ this.database }}"
    schema = "{{ this.schema }}"
    identifier = "{{ this.identifier }}"

    def __repr__(self):
        return '{{ resolve_model_name(this) }}'

class dbtObj:
    def __init__(self, load_df_function) -> None:
        self.source = lambda *args: source(*args, dbt_load_df_function=load_df_function)
        self.ref = lambda *args, **options: ref(*args, **options, dbt_load_df_function=load_df_function)
        self.config = config
        self.this = this()
        self.is_incremental = {{ is_incremental() }}

{{ py_script_comment() }}
{% endmacro %}
