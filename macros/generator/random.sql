{#-
  Randomness without state: every value is a hash of the seed, a salt and a key, so one row never depends on another, and the
  same seed gives the same rows whatever the number of threads. The statements bind `seed` in their WITH.
-#}

{#- A number of the open interval (0, 1). -#}
{% macro gen_uniform(salt, key) -%}
  ((bitShiftRight(cityHash64(seed, '{{ salt }}', {{ key }}), 12) + 0.5) / 4503599627370496)
{%- endmacro %}

{#- A standard normal number (Box-Muller). -#}
{% macro gen_normal(salt, key) -%}
  (sqrt(-2 * log({{ gen_uniform(salt ~ '.r', key) }})) * cos(2 * pi() * {{ gen_uniform(salt ~ '.a', key) }}))
{%- endmacro %}

{#- One of `choices`, pairs of SQL literal and integer weight. -#}
{% macro gen_pick(salt, key, choices) -%}
  {%- set slots = [] -%}
  {%- for literal, weight in choices -%}
    {%- for _ in range(weight) -%}{%- do slots.append(literal) -%}{%- endfor -%}
  {%- endfor -%}
  arrayElement([{{ slots | join(', ') }}], 1 + cityHash64(seed, '{{ salt }}', {{ key }}) % {{ slots | length }})
{%- endmacro %}

{#- True for the given share of the keys. -#}
{% macro gen_chance(salt, key, share) -%}
  ({{ gen_uniform(salt, key) }} < {{ share }})
{%- endmacro %}
