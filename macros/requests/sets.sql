{#- Sets of accounts and posts, each a select of one column: whom the jobs that feed the crawler ask about. -#}

{#- Instagram's accounts of a set, or the channels of the same creators. -#}
{% macro on_platform(platform, ids) -%}
{%- if platform == 'INSTAGRAM' -%}
  {{ ids }}
{%- else -%}
  select channel_id as profile_id from {{ ref('mart_linked_socials') }} where ig_id in ({{ ids }})
{%- endif -%}
{%- endmacro %}

{#- Creators that take part in a campaign while it is live. -#}
{% macro campaign_accounts(platform) -%}
  {{ on_platform(platform, "select p.profile_id as profile_id from " ~ ref('stg_coffee_campaign_profile') ~ " as p inner join "
      ~ ref('stg_coffee_campaign') ~ " as c on c.id = p.campaign_id where c.status = 'LIVE' and p.status != 'REJECTED'") }}
{%- endmacro %}

{#- Creators that a customer keeps in a collection. -#}
{% macro collected_accounts(platform) -%}
  {{ on_platform(platform, "select i.profile_id as profile_id from " ~ ref('stg_coffee_profile_collection_item') ~ " as i inner join "
      ~ shown_collections('stg_coffee_profile_collection', 'production') ~ " as c on c.id = i.collection_id where not i.is_hidden") }}
{%- endmacro %}

{#- The creators with the most followers in the newest month of the leaderboard. -#}
{% macro top_accounts(platform, top) -%}
  select platform_id as profile_id from {{ ref('mart_leaderboard') }}
  where platform = '{{ platform }}' and followers_rank <= {{ top }} and month = (select max(month) from {{ ref('mart_leaderboard') }})
{%- endmacro %}

{#- Creators that let us read their insights. -#}
{% macro connected_accounts() -%}
  select assumeNotNull(c.profile_id) as profile_id from {{ ref('stg_beat_credential') }} as c
  where is_enabled and not is_expired and c.profile_id is not null
{%- endmacro %}

{#- Posts that a customer keeps in a collection. -#}
{% macro collected_posts() -%}
  select i.shortcode as shortcode from {{ ref('stg_coffee_post_collection_item') }} as i
  inner join {{ shown_collections('stg_coffee_post_collection', 'production') }} as c on c.id = i.collection_id
  where not i.is_hidden
{%- endmacro %}

{#- Posts by which creators fulfil what they have promised. -#}
{% macro delivered_posts() -%}
  select assumeNotNull(d.shortcode) as shortcode from {{ ref('stg_coffee_campaign_deliverable') }} as d where d.shortcode is not null
{%- endmacro %}

{#- Words that customers follow. -#}
{% macro followed_keywords() -%}
  select arrayJoin(keywords) as keyword from {{ ref('stg_coffee_keyword_collection') }} where is_enabled
{%- endmacro %}

{#- Users' own accounts that the crawler has never seen. -#}
{% macro unknown_accounts(platform) -%}
{%- set models = platform_models(platform) -%}
select s.id as social_account_id, s.handle as handle, s.profile_id as profile_id
from {{ ref('stg_coffee_social_account') }} as s
where s.platform = '{{ platform }}' and (s.handle is not null or s.profile_id is not null)
    and ifNull(s.profile_id, '') not in (select {{ models.account_id }} from {{ ref(models.accounts) }})
order by s.created_at
{%- endmacro %}
