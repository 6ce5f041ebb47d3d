{{ config(order_by='(platform, flow)', tags=['recent_scl']) }}

-- The jobs that feed the crawler read this before they ask for more.
select
    platform,
    flow,
    count() as requests,
    countIf(status = 'PENDING') as pending,
    countIf(status = 'FAILED') as failed,
    {{ percent_of("countIf(status = 'FAILED')", "countIf(status != 'PENDING')") }} as failure_rate,
    quantileExactIf(0.95)(assumeNotNull(l.wait_seconds), l.wait_seconds is not null) as wait_seconds_p95,
    max(l.scraped_at) as last_success_at
from {{ ref('stg_beat_recent_scrape_request_log') }} as l
group by platform, flow
