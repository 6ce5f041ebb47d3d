{{ config(materialized='table', order_by='(created_at, id)', tags=['recent_scl']) }}

-- The pulse of the crawler: a day is enough to see it beat, and cheap enough to rebuild every five minutes.
select
    id,
    flow,
    platform,
    JSONExtractString(params, 'profile_id') as profile_id,
    status,
    retry_count,
    created_at,
    picked_at,
    scraped_at,
    dateDiff('second', created_at, picked_at) as wait_seconds,
    dateDiff('second', picked_at, scraped_at) as scrape_seconds,
    updated_at
from {{ source('beat_replica', 'scrape_request_log') }}
where created_at > {{ stir_now() }} - interval 1 day
{{ latest_version('id') }}
