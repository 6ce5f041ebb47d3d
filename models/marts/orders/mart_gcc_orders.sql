{{ config(order_by='id', tags=['gcc_orders']) }}

with items as (
    select
        order_id,
        count() as items,
        sum(i.quantity) as quantity,
        uniqExact(i.profile_id) as creators,
        sum(i.unit_price * i.quantity) as gross_amount
    from {{ ref('stg_coffee_order_item') }} as i
    group by order_id
)

-- A discount is never worth more than the order.
select
    o.id as id,
    o.order_number as order_number,
    o.partner_id as partner_id,
    p.name as partner_name,
    o.campaign_id as campaign_id,
    o.status as status,
    o.currency as currency,
    ifNull(i.items, 0) as items,
    ifNull(i.quantity, 0) as quantity,
    ifNull(i.creators, 0) as creators,
    toDecimal64(ifNull(i.gross_amount, 0), 2) as gross_amount,
    least(o.discount, gross_amount) as discount_amount,
    toDecimal64(round((gross_amount - discount_amount) * o.tax_rate / 100, 2), 2) as tax_amount,
    gross_amount - discount_amount + tax_amount as total_amount,
    if(o.status = 'PAID', total_amount, toDecimal64(0, 2)) as revenue,
    o.placed_at as placed_at,
    o.updated_at as updated_at
from {{ ref('stg_coffee_orders') }} as o
left join items as i on i.order_id = o.id
left join {{ ref('stg_coffee_partner') }} as p on p.id = o.partner_id
settings join_use_nulls = 1
