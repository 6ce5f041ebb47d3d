/** What is measured. Written so that every engine gives the same text. */

const MACROS = `{% macro named(x) %}{{ x | upper }} as {{ x }}{% endmacro %}
{% macro several(n, start=1) %}{% for i in range(n) %}{{ named(i ~ "_c") }}{{ "," if not loop.last }}{% endfor %}{% endmacro %}
{% macro source_of(t) %}from {{ ref(t) }} where {{ t }}.id is not null{% endmacro %}
`;

const cte = (i: number): string => `cte_${i} as (
  select
  {% for c in ['id', 'email', 'created_at', 'v${i}'] %}
    {{ named(c) }}{% if not loop.last %},{% endif %}
  {% endfor %}
  {% set x = ${i} * 2 %}
  , {{ several(3) }}
  {{ source_of('model_${i}') }}
  {% if x > 10 and x % 4 == 0 %}
    and x = {{ x }}
  {% else %}
    and y = {{ x + 1 }}
  {% endif %}
  -- a line of text
  -- and another
  group by 1, 2
  order by 1
  limit {{ (x + 1) * 10 }}
  {% for day in days %}
  {% if loop.first %} union all {% endif %}
  select {{ loop.index }} as n, '{{ day }}' as day
  {% endfor %}
),
`;

/** A model of about 560 lines with macros and loops. */
export const MODEL = `${MACROS}with ${Array.from({ length: 24 }, (_, i) => cte(i)).join('')}last as (select 1)\nselect * from last\n`;

/** A thousand small models, all different. */
export const SMALL: readonly string[] = Array.from(
  { length: 1000 },
  (_, i) => `{{ config(materialized='table', schema='s${i % 7}') }}
select {% for c in columns %}{{ c }}{{ ',' if not loop.last }}{% endfor %}, ${i} as n
from {{ ref('m${i}') }}
{% if is_incremental() %} where x > {{ ${i} + 1 }} {% endif %}
`,
);

export const COLUMNS = ['id', 'name', 'created_at'];
export const DAYS = ['mon', 'tue', 'wed'];
