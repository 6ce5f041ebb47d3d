{{ config(order_by='id', tags=['daily'], query_settings=spill_settings()) }}

with posts as (
    select
        assumeNotNull(p.id) as id,
        p.shortcode as shortcode,
        assumeNotNull(p.profile_id) as profile_id,
        p.post_type as post_type,
        cast(p.content_type, 'Nullable(String)') as content_type,
        p.caption as caption,
        assumeNotNull(p.publish_time) as publish_time,
        p.likes as likes,
        p.comments as comments,
        p.engagement as engagement,
        p.plays as plays,
        p.views as views,
        p.reach as reach,
        p.thumbnail_url as thumbnail_url
    from {{ ref('stg_beat_instagram_post') }} as p
    where p.id is not null and p.profile_id is not null and p.publish_time is not null
    settings final = 1
),

-- Some assets were copied twice; the newest copy that worked counts.
copies as (
    select entity_id, argMax(asset_url, (updated_at, id)) as asset_url
    from {{ ref('stg_beat_asset_log') }}
    where entity_type = 'POST' and status = 'DONE'
    group by entity_id
),

joined as (
    select
        p.id as id,
        p.shortcode as shortcode,
        p.profile_id as profile_id,
        a.handle as handle,
        ifNull(a.category, 'MISSING') as category,
        ifNull(a.language, 'MISSING') as language,
        ifNull(a.country, 'MISSING') as country,
        p.post_type as post_type,
        toBool(ifNull(p.content_type = 'sponsored', false)) as is_sponsored,
        p.caption as caption,
        {{ hashtags('p.caption') }} as hashtags,
        p.publish_time as publish_time,
        p.likes as likes,
        p.comments as comments,
        p.engagement as engagement,
        p.plays as plays,
        p.views as views,
        -- Instagram's own word on reach goes before what the crawler read.
        coalesce(i.reach, p.reach) as reach,
        {{ percent_of('p.engagement', 'a.followers') }} as engagement_rate,
        coalesce(c.asset_url, p.thumbnail_url) as picture_url
    from posts as p
    left join {{ ref('mart_instagram_account') }} as a on a.ig_id = p.profile_id
    left join {{ ref('stg_beat_instagram_post_insights') }} as i on i.shortcode = p.shortcode
    left join copies as c on c.entity_id = p.shortcode
    settings join_use_nulls = 1
)

select * from joined
