-- What is to be done is there to be done: requests failed, access ran out, campaigns and links end when they are said to.
with
    failed as ({{ crawl_requests('FAILED', minutes=10) }}),
    expired as ({{ expired_credentials('is_enabled') }}),
    slow as ({{ slow_flows(seconds=30) }}),
    late as ({{ deliverables_late_by(days=3) }}),
    ending as ({{ campaigns_ending(days=3) }}),
    closed as ({{ expired_share_links() }})

select 'not failed' as wrong, toString(request_id) as id from failed
where request_id not in (select id from {{ ref('stg_beat_recent_scrape_request_log') }} where status = 'FAILED')
union all
select 'not expired', toString(credential_id) from expired
where credential_id not in (select id from {{ ref('stg_beat_credential') }} where is_expired and is_enabled)
union all
select 'not slow', flow from slow where wait_seconds_p95 <= 30
union all
select 'not late', toString(deliverable_id) from late where due_on > toDate({{ stir_now() }}) - 3
union all
select 'not ending', toString(campaign_id) from ending where ends_on < toDate({{ stir_now() }}) or ends_on > toDate({{ stir_now() }}) + 3
union all
select 'still open', toString(share_link_id) from closed where expires_at > {{ stir_now() }}
union all
select 'forgotten', toString(l.id) from {{ ref('stg_coffee_share_link') }} as l
where l.expires_at is not null and l.expires_at <= {{ stir_now() }} and l.id not in (select share_link_id from closed)
