{{ config(order_by='(platform, profile_id, milestone)', tags=['weekly']) }}

with weeks as (
    select 'INSTAGRAM' as platform, profile_id, date, followers from {{ ref('mart_insta_account_weekly') }}
    union all
    select 'YOUTUBE', profile_id, date, followers from {{ ref('mart_youtube_account_weekly') }}
),

reached as (
    select
        platform,
        profile_id,
        milestone,
        min(date) as first_measured_on,
        minIf(date, followers >= milestone) as reached_on
    from weeks
    array join [1000, 5000, 10000, 50000, 100000, 500000, 1000000, 10000000] as milestone
    where followers is not null
    group by platform, profile_id, milestone
    having countIf(followers >= milestone) > 0
)

-- What a profile had when first measured, it reached before we looked.
select toLowCardinality(platform) as platform, profile_id, toUInt32(milestone) as milestone, reached_on, dateDiff('week', first_measured_on, reached_on) as weeks_observed
from reached
where reached_on > first_measured_on
