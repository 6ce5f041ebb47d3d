{{ config(order_by='ig_id', tags=['weekly']) }}

with sold as (
    select assumeNotNull(i.profile_id) as profile_id, count() as items, toFloat64(sum(i.unit_price * i.quantity)) / sum(i.quantity) as avg_price
    from {{ ref('stg_coffee_order_item') }} as i
    inner join {{ ref('stg_coffee_orders') }} as o on o.id = i.order_id
    where i.profile_id is not null and o.status = 'PAID' and o.currency = 'INR'
    group by profile_id
),

priced as (
    select a.ig_id as ig_id, a.handle as handle, a.follower_group as follower_group, s.items as items, s.avg_price as own_price
    from {{ ref('mart_instagram_account') }} as a
    left join sold as s on s.profile_id = a.ig_id
    where not a.is_blacklisted
    settings join_use_nulls = 1
),

peers as (
    select follower_group, quantileExactIf(0.5)(assumeNotNull(own_price), own_price is not null) as median_price, countIf(own_price is not null) as sellers
    from priced
    group by follower_group
)

-- What a creator sold for is the best guess; else what creators of that size sell for, if enough of them do.
select
    p.ig_id as ig_id,
    p.handle as handle,
    p.follower_group as follower_group,
    ifNull(p.items, 0) as items_sold,
    multiIf(p.own_price is not null, 'own', g.sellers >= 3, 'peers', 'none') as basis,
    multiIf(p.own_price is not null, p.own_price, g.sellers >= 3, toNullable(g.median_price), null) as price_inr
from priced as p
inner join peers as g on g.follower_group = p.follower_group
