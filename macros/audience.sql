{#- One dimension of an audience as a map of bucket to share; an aggregate. -#}
{% macro audience_map(dimension) -%}
  cast(arraySort(groupArrayIf((bucket, share), dimension = '{{ dimension }}')), 'Map(String, Float64)')
{%- endmacro %}

{#-
  Select list of an audience: four dimensions as maps; how many in a hundred followers are real people; how many can be reached at all, since who follows
  thousands of accounts hardly sees any of them.
-#}
{% macro audience_columns() -%}
    {{ audience_map('gender') }} as audience_gender,
    {{ audience_map('age') }} as audience_age,
    {{ audience_map('city') }} as audience_city,
    {{ audience_map('language') }} as audience_language,
    100 * sumOrNullIf(share, dimension = 'authenticity' and bucket = 'real') as audience_authencity,
    100 * (1 - sumOrNullIf(share, dimension = 'authenticity' and bucket = 'mass_follower')) as audience_reachability
{%- endmacro %}
