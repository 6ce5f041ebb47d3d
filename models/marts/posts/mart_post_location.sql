{{ config(order_by='post_id', tags=['daily']) }}

-- Posts carry no place of their own: a post is where its creator lives.
select
    p.id as post_id,
    p.shortcode as shortcode,
    p.profile_id as profile_id,
    a.city as city,
    l.state as state,
    l.country as country,
    l.tier as tier,
    l.latitude as latitude,
    l.longitude as longitude,
    p.publish_time as publish_time
from {{ ref('mart_instagram_post') }} as p
inner join {{ ref('mart_instagram_account') }} as a on a.ig_id = p.profile_id
inner join {{ ref('stg_coffee_location') }} as l on l.city = a.city
