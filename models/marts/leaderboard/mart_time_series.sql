{{ config(order_by="(date, ifNull(platform_id, 'MISSING'))", partition_by='toYYYYMM(date)', tags=['daily', 'leaderboard'], query_settings=spill_settings()) }}

-- Both periods in one pass over the events. Events that name no profile make a series of their own, so that the counts of a platform add up.
with measured as (
    select
        arrayJoin([('week', toMonday(e.event_timestamp)), ('month', toStartOfMonth(e.event_timestamp))]) as bucket,
        e.platform as platform,
        e.profile_id as platform_id,
        JSONExtract(e.metrics, if(e.platform = 'YOUTUBE', 'subscribers', 'followers'), 'Nullable(Int64)') as followers,
        JSONExtract(e.metrics, 'following', 'Nullable(Int64)') as following,
        JSONExtract(e.metrics, 'views', 'Nullable(Int64)') as views
    from {{ source('_e', 'profile_log_events') }} as e
),

periods as (
    select
        bucket.2 as date,
        toLowCardinality(bucket.1) as period,
        platform,
        platform_id,
        max(m.followers) as followers,
        max(m.following) as following,
        max(m.views) as views,
        count() as measurements
    from measured as m
    group by bucket, platform, platform_id
)

select
    *,
    followers - any(followers) over (
        partition by period, platform, platform_id order by date rows between 1 preceding and 1 preceding
    ) as followers_change
from periods
