{{ config(order_by='creator_id', tags=['core', 'hourly']) }}

with profiles as (
    select
        ig_id as creator_id, 'INSTAGRAM' as platform, ig_id as profile_id, handle, full_name as name, category, country, language, ifNull(followers, 0) as followers, is_blacklisted
    from {{ ref('mart_instagram_account') }}
    union all
    -- A linked channel belongs to the creator known from Instagram, another one is a creator of its own.
    select
        ifNull(linked_ig_id, channel_id), 'YOUTUBE', channel_id, custom_url, title, category, country, language, ifNull(subscribers, 0), is_blacklisted
    from {{ ref('mart_youtube_account') }}
)

-- 'INSTAGRAM' < 'YOUTUBE': the Instagram profile speaks for the creator.
select
    creator_id,
    nullIf(argMinIf(p.profile_id, p.platform, p.platform = 'INSTAGRAM'), '') as ig_id,
    nullIf(argMinIf(p.profile_id, p.platform, p.platform = 'YOUTUBE'), '') as channel_id,
    argMin(p.handle, p.platform) as handle,
    argMin(p.name, p.platform) as name,
    argMin(p.category, p.platform) as category,
    argMin(p.country, p.platform) as country,
    argMin(p.language, p.platform) as language,
    toUInt8(count()) as platforms,
    sum(p.followers) as total_followers,
    {{ follower_group('total_followers') }} as follower_group,
    argMax(p.platform, (p.followers, p.platform)) as main_platform,
    max(p.is_blacklisted) as is_blacklisted
from profiles as p
group by creator_id
