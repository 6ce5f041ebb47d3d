/** The macros that the models of a generated project call. */
export const MACROS = `{% macro cents(col, scale=2) %}round(toFloat64({{ col }}) / 100, {{ scale }}){% endmacro %}

{% macro safe_div(a, b) -%}
  {%- if b is none -%} null {%- else -%} if({{ b }} = 0, 0, {{ a }} / {{ b }}) {%- endif -%}
{%- endmacro %}
`;

/** What an incremental model reads only. */
export const SINCE = `{% if is_incremental() %}
where dt >= (select max(dt) - 3 from {{ this }})
{% endif %}
`;

/**
 * A model of some fifty lines with loops and macros.
 * @param config arguments of its config()
 * @param parents what it reads, as templates
 * @param tail SQL after its last FROM
 */
export function modelSql(config, parents, tail) {
  const ctes = parents.map(
    (parent, i) =>
      `u${i} as (\n    select\n        id,\n        dt,\n        v1,\n        v2,\n        cat\n    from ${parent}\n    where dt >= toDate('{{ var("start_date") }}')\n)`,
  );
  const union = parents.map((_, i) => `    select * from u${i}`).join('\n    union all\n');
  return `{{ config(${config}) }}

{% set metrics = ['v1', 'v2'] %}
{% set cats = ['0', '1', '2', '3', '4'] %}

with ${ctes.join(',\n')},
unioned as (
${union}
),
agg as (
    select
        id,
        max(dt) as dt_m,
        {% for m in metrics -%}
        any({{ m }}) as {{ m }}_any,
        {{ cents('sum(' ~ m ~ ')') }} as {{ m }}_amount,
        {% endfor -%}
        {% for c in cats -%}
        countIf(cat = '{{ c }}') as cnt_{{ c }},
        {% endfor -%}
        any(cat) as cat_any
    from unioned
    group by id
)
select
    id,
    dt_m as dt,
    v1_any as v1,
    v2_any as v2,
    cat_any as cat,
    {{ safe_div('v1_amount', 'v2_amount') }} as ratio,
    {% for c in cats %}cnt_{{ c }}{% if not loop.last %}, {% endif %}{% endfor %},
    now() as loaded_at
from agg
${tail}`;
}
