{{ config(order_by='(keyword, platform, profile_id)', tags=['daily']) }}

with phrases as (
    select 'INSTAGRAM' as platform, ig_id as profile_id, search_phrase, ifNull(followers, 0) as followers
    from {{ ref('mart_instagram_account') }}
    union all
    select 'YOUTUBE', channel_id, search_phrase, ifNull(subscribers, 0)
    from {{ ref('mart_youtube_account') }}
)

-- Letters with their marks, in any script, and digits make words; one letter alone finds everybody.
select toLowCardinality(platform) as platform, profile_id, followers, keyword
from phrases
array join arrayDistinct(extractAll(lowerUTF8(search_phrase), '[\\p{L}\\p{M}\\p{N}]+')) as keyword
where lengthUTF8(keyword) > 1
