{{ config(order_by='(platform, date)', tags=['weekly']) }}

with weeks as (
    select 'INSTAGRAM' as platform, profile_id, date, followers from {{ ref('mart_insta_account_weekly') }}
    union all
    select 'YOUTUBE', profile_id, date, followers from {{ ref('mart_youtube_account_weekly') }}
),

compared as (
    select
        platform,
        date,
        followers,
        (groupArray((date, followers)) over (partition by platform, profile_id order by date rows between 1 preceding and 1 preceding))[1] as before,
        -- Only the week right before counts: over a gap more than a week has gone by.
        if(before.1 = date - 7, before.2, null) as followers_before
    from weeks
    where followers is not null
)

select
    toLowCardinality(platform) as platform,
    date,
    count() as profiles,
    countIf(followers_before is not null) as profiles_compared,
    sum(c.followers) as followers,
    sumIf(c.followers - c.followers_before, followers_before is not null) as followers_gained,
    {{ percent_of('followers_gained', 'sumIf(c.followers_before, followers_before is not null)') }} as growth_rate,
    countIf(c.followers < c.followers_before) as profiles_shrunk
from compared as c
group by platform, date
