{{ config(order_by="(date, ifNull(platform_id, 'MISSING'))", partition_by='toYYYYMM(date)', tags=['daily', 'leaderboard'], query_settings=spill_settings()) }}

-- Both periods in one pass over the events, each of which is read once: first the parts of weeks that lie within one month, then out of these the weeks
-- and the months. Events that name no profile make a series of their own, so that the counts of a platform add up.
with measured as (
    select
        toMonday(e.event_timestamp) as week,
        toStartOfMonth(e.event_timestamp) as month,
        e.platform as platform,
        e.profile_id as platform_id,
        max(JSONExtract(e.metrics, if(e.platform = 'YOUTUBE', 'subscribers', 'followers'), 'Nullable(Int64)')) as followers,
        max(JSONExtract(e.metrics, 'following', 'Nullable(Int64)')) as following,
        max(JSONExtract(e.metrics, 'views', 'Nullable(Int64)')) as views,
        count() as measurements
    from {{ source('_e', 'profile_log_events') }} as e
    group by week, month, platform, platform_id
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
        sum(m.measurements) as measurements
    from (select *, arrayJoin([('week', week), ('month', month)]) as bucket from measured) as m
    group by bucket, platform, platform_id
),

-- The change is looked up within a profile's few points: sorting all rows for a window would be what grows faster than they do.
series as (
    select period, platform, platform_id, arraySort(groupArray((date, followers, following, views, measurements))) as points
    from periods
    group by period, platform, platform_id
)

select
    point.1 as date,
    period,
    platform,
    platform_id,
    point.2 as followers,
    point.3 as following,
    point.4 as views,
    point.5 as measurements,
    followers - before.2 as followers_change
from series
array join points as point, arrayPushFront(arrayPopBack(points), (toDate(0), null, null, null, 0)) as before
