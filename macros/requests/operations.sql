{#- What keeps the platform going: requests that failed, access that ran out, campaigns that somebody has to look at. -#}

{#- The crawler's requests of the last day in one state, asked for more than `minutes` ago. -#}
{% macro crawl_requests(status, minutes) -%}
select id as request_id, platform, flow, profile_id, retry_count
from {{ ref('stg_beat_recent_scrape_request_log') }}
where status = '{{ status }}' and created_at < {{ stir_now() }} - interval {{ minutes }} minute
order by created_at
{%- endmacro %}

{#- Access to accounts that has run out, in the state that `where` says. -#}
{% macro expired_credentials(where) -%}
select id as credential_id, source, handle, profile_id, {{ period_of(24) }} as due_at
from {{ ref('stg_beat_credential') }}
where is_expired and {{ where }}
{%- endmacro %}

{#- Flows whose requests wait too long, once an hour. -#}
{% macro slow_flows(seconds) -%}
select platform, flow, requests, pending, wait_seconds_p95, {{ period_of(1) }} as due_at
from {{ ref('mart_crawler_health') }}
where wait_seconds_p95 > {{ seconds }}
{%- endmacro %}

{#- What creators have promised and not published, so many days after (or before, where negative) it was due. -#}
{% macro deliverables_late_by(days) -%}
select d.id as deliverable_id, d.kind as kind, d.due_on as due_on, p.profile_id as profile_id, p.campaign_id as campaign_id
from {{ ref('stg_coffee_campaign_deliverable') }} as d
inner join {{ ref('stg_coffee_campaign_profile') }} as p on p.id = d.campaign_profile_id
where d.status not in ('PUBLISHED', 'CANCELLED') and d.due_on <= toDate({{ stir_now() }}) - {{ days }}
order by d.due_on
{%- endmacro %}

{#- Live campaigns that end within so many days. -#}
{% macro campaigns_ending(days) -%}
select id as campaign_id, partner_id, name, ends_on
from {{ ref('stg_coffee_campaign') }}
where status = 'LIVE' and ends_on between toDate({{ stir_now() }}) and toDate({{ stir_now() }}) + {{ days }}
{%- endmacro %}

{#- Links to reports that have run out. -#}
{% macro expired_share_links() -%}
select id as share_link_id, entity_type, entity_id, assumeNotNull(l.expires_at) as expires_at
from {{ ref('stg_coffee_share_link') }} as l
where l.expires_at is not null and l.expires_at <= {{ stir_now() }}
{%- endmacro %}
