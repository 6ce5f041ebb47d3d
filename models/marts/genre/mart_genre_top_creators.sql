{{ config(order_by='(genre, place)', tags=['daily']) }}

select
    category as genre,
    toUInt32(row_number() over (partition by category order by total_followers desc, creator_id)) as place,
    creator_id,
    handle,
    country,
    main_platform,
    total_followers,
    {{ percent_of('total_followers', 'sum(total_followers) over (partition by category)') }} as share_of_genre
from {{ ref('mart_creator') }}
where not is_blacklisted
qualify place <= 20
