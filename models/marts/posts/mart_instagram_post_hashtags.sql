{{ config(order_by='(hashtag, post_id)', tags=['daily']) }}

select
    hashtag,
    p.id as post_id,
    p.shortcode as shortcode,
    p.profile_id as profile_id,
    p.category as category,
    p.language as language,
    p.publish_time as publish_time,
    ifNull(p.engagement, 0) as engagement
from {{ ref('mart_instagram_post') }} as p
array join p.hashtags as hashtag
