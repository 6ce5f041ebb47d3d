{% macro clickhouse_s3source(config_name='', bucket='', path='', fmt='', structure='', aws_access_key_id='', aws_secret_access_key='', role_arn='', compression='', external_id='') %}
  {%- if config_name and not config_name.lower().endswith('s3') -%}
    {%- do exceptions.raise_compiler_error("S3 configuration should end with 's3'") -%}
  {%- endif -%}
  {#- What a model says goes before what the project's variables say. -#}
  {%- set settings = {} -%}
  {%- do settings.update(var(config_name, {}) if config_name else {}) -%}
  {%- do settings.update(config.get(config_name) or {}) -%}
  {{ adapter.s3source_clause(
    config_name=config_name,
    s3_model_config=settings,
    bucket=bucket,
    path=path,
    fmt=fmt,
    structure=structure,
    aws_access_key_id=aws_access_key_id,
    aws_secret_access_key=aws_secret_access_key,
    role_arn=role_arn,
    compression=compression,
    external_id=external_id) }}
{% endmacro %}
