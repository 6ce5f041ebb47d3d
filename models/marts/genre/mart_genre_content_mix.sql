{{ config(order_by='(genre, post_type)', tags=['weekly']) }}

with types as (
    select
        category as genre,
        post_type,
        count() as posts,
        uniqExact(p.profile_id) as creators,
        avg(p.engagement) as avg_engagement,
        {{ percent_of('countIf(is_sponsored)', 'count()') }} as sponsored_share
    from {{ ref('mart_instagram_post') }} as p
    group by genre, post_type
)

select *, {{ percent_of('posts', 'sum(posts) over (partition by genre)') }} as share_of_posts
from types
