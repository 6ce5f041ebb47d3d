{{ config(order_by='(genre, weekday, part_of_day)', tags=['weekly']) }}

select
    category as genre,
    toDayOfWeek(p.publish_time) as weekday,
    {{ day_part('p.publish_time') }} as part_of_day,
    count() as posts,
    avgOrNullIf(p.engagement_rate, {{ is_gradable('p.engagement_rate') }}) as avg_engagement_rate
from {{ ref('mart_instagram_post') }} as p
group by genre, weekday, part_of_day
