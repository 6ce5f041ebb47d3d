{{ config(order_by='campaign_id', tags=['collections']) }}

with invited as (
    select
        campaign_id,
        count() as invitations,
        countIf(p.status in ('ACCEPTED', 'DELIVERED')) as accepted,
        countIf(p.status = 'DELIVERED') as delivered,
        sumIf(p.fee, p.status in ('ACCEPTED', 'DELIVERED')) as fees
    from {{ ref('stg_coffee_campaign_profile') }} as p
    group by campaign_id
),

posted as (
    select assumeNotNull(c.campaign_id) as campaign_id, sum(s.posts) as posts, sum(s.engagement) as engagement, sum(s.reach) as reach
    from {{ ref('stg_coffee_post_collection') }} as c
    inner join {{ ref('mart_collection_post_metrics_summary') }} as s on s.collection_id = c.id
    where c.campaign_id is not null
    group by campaign_id
)

select
    c.id as campaign_id,
    c.name as name,
    b.name as brand,
    c.partner_id as partner_id,
    c.status as status,
    c.starts_on as starts_on,
    c.ends_on as ends_on,
    c.budget as budget,
    ifNull(i.invitations, 0) as invitations,
    ifNull(i.accepted, 0) as accepted,
    ifNull(i.delivered, 0) as delivered,
    i.fees as fees,
    {{ percent_of('toFloat64(i.fees)', 'nullIf(toFloat64(c.budget), 0)') }} as budget_used,
    ifNull(p.posts, 0) as posts,
    p.engagement as engagement,
    p.reach as reach,
    toFloat64(i.fees) / nullIf(p.engagement, 0) as cost_per_engagement
from {{ ref('stg_coffee_campaign') }} as c
left join {{ ref('stg_coffee_brand') }} as b on b.id = c.brand_id
left join invited as i on i.campaign_id = c.id
left join posted as p on p.campaign_id = c.id
settings join_use_nulls = 1
