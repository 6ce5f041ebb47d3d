{{ config(order_by='ig_id', tags=['daily']) }}

select
    ig_id,
    handle,
    country,
    category,
    followers,
    last_post_at,
    dateDiff('day', assumeNotNull(last_post_at), {{ stir_now() }}) as days_silent,
    avg_posts_per_week
from {{ ref('mart_instagram_account') }}
where last_post_at < {{ stir_now() }} - interval 14 day
