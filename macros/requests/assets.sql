{#- Pictures that the upload workers copy into our own store: a row is an owner and an address, and a new address is a new picture. -#}

{#- Pictures of accounts. `url`: the staging model's column with the address. -#}
{% macro account_pictures(platform, url) -%}
{%- set models = platform_models(platform) -%}
select {{ models.account_id }} as entity_id, 'PROFILE' as entity_type, assumeNotNull({{ url }}) as original_url
from {{ ref(models.accounts) }}
where {{ url }} is not null
order by updated_at desc
{%- endmacro %}

{#- Pictures of Instagram's posts in a set, `url` being their address. -#}
{% macro post_pictures(url, among) -%}
select shortcode as entity_id, upper(post_type) as entity_type, assumeNotNull({{ url }}) as original_url
from {{ ref('stg_beat_instagram_post') }} final
where id is not null and {{ url }} is not null and shortcode in ({{ among }})
order by updated_at desc
{%- endmacro %}

{#- Covers of YouTube's videos, whose address follows from their id: those of a set of channels. -#}
{% macro video_covers(of, days) -%}
select shortcode as entity_id, 'VIDEO' as entity_type, concat('https://i.ytimg.com/vi/', shortcode, '/hqdefault.jpg') as original_url
from {{ ref('stg_beat_youtube_video') }} final
where id is not null and channel_id in ({{ of }}) and publish_time > {{ stir_now() }} - interval {{ days }} day
order by publish_time desc
{%- endmacro %}

{#- Copies that were begun and are not there: failed, or under way for more than `hours`. Each of their states is asked for once. -#}
{% macro unfinished_assets(status, hours=0) -%}
select id as asset_id, entity_id, entity_type, asset_type, assumeNotNull(a.original_url) as original_url, updated_at
from {{ ref('stg_beat_asset_log') }} as a
where status = '{{ status }}' and a.original_url is not null and updated_at < {{ stir_now() }} - interval {{ hours }} hour
order by updated_at
{%- endmacro %}
