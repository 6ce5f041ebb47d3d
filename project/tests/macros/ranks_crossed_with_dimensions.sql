-- Thirty-six ranks: four metrics within the month, crossed with every set of category, language and profile type, and by country.
{%- set expected = [] -%}
{%- for suffix in ['', '_by_cat', '_by_lang', '_by_cat_lang', '_by_profile', '_by_cat_profile', '_by_lang_profile', '_by_cat_lang_profile', '_by_country'] -%}
  {%- for metric in ['followers', 'followers_change', 'views', 'plays'] -%}{%- do expected.append(metric ~ '_rank' ~ suffix) -%}{%- endfor -%}
{%- endfor %}
{%- set names = rank_columns(ranked_metrics(), rank_dimensions()) %}
select 'names' as wrong, '{{ names | join(' ') }}' as actual
where '{{ names | join(' ') }}' != '{{ expected | join(' ') }}' or {{ names | length }} != 36
union all
select 'columns', '{{ rank_dimensions()['_by_cat_lang_profile'] | join(' ') }}'
where '{{ rank_dimensions()['_by_cat_lang_profile'] | join(' ') }}' != 'category language profile_type'
union all
select 'map', toString({{ rank_map(['a', 'b'], '_prev') }})
from (select 1 as a_prev, 2 as b_prev)
where {{ rank_map(['a', 'b'], '_prev') }} != map('a', 1, 'b', 2)
