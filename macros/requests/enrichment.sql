{#- What other services find out about our rows: languages, moods, places, topics, links. -#}

{#- Captions of posts of the last days; a text that is changed is asked for again. -#}
{% macro captions_written(days) -%}
select shortcode, assumeNotNull(caption) as text, cityHash64(text) as text_hash
from {{ ref('stg_beat_instagram_post') }} final
where id is not null and length(caption) > 10 and publish_time > {{ stir_now() }} - interval {{ days }} day
order by publish_time desc
{%- endmacro %}

{#- Comments under posts of a set. -#}
{% macro comments_written(among) -%}
select id as comment_id, shortcode, assumeNotNull(c.text) as text
from {{ ref('stg_beat_instagram_post_comment') }} as c
where c.text is not null and shortcode in ({{ among }})
order by publish_time
{%- endmacro %}

{#- Places as they are written, each version once. -#}
{% macro places_changed() -%}
select id as location_id, name, city, state, country, updated_at
from {{ ref('stg_coffee_location') }}
{%- endmacro %}

{#- Creators that nobody has put into a category. -#}
{% macro accounts_without_category(followers) -%}
select profile_id, handle, full_name, biography
from {{ ref('stg_beat_instagram_account') }}
where category is null and biography is not null and ifNull(followers, 0) >= {{ followers }}
order by followers desc
{%- endmacro %}

{#- Addresses in creators' profiles, which may lead to their other accounts. -#}
{% macro profile_links() -%}
select profile_id, assumeNotNull(external_url) as url
from {{ ref('stg_beat_instagram_account') }}
where external_url is not null
{%- endmacro %}
