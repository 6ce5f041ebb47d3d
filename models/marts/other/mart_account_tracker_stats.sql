{{ config(order_by='partner_id', tags=['account_tracker']) }}

with activity as (
    select
        partner_id,
        count() as actions,
        uniqExact(a.actor_id) as users,
        countIf(a.action = 'EXPORT') as exports,
        countIf(a.action = 'SHARE') as shares,
        uniqExact(toDate(a.created_at)) as active_days,
        max(a.created_at) as last_active_at
    from {{ ref('stg_coffee_activity_log') }} as a
    where a.created_at > {{ stir_now() }} - interval 30 day
    group by partner_id
)

select
    p.id as partner_id,
    p.name as name,
    p.kind as kind,
    p.plan as plan,
    ifNull(a.actions, 0) as actions,
    ifNull(a.users, 0) as users,
    ifNull(a.exports, 0) as exports,
    ifNull(a.shares, 0) as shares,
    ifNull(a.active_days, 0) as active_days,
    a.last_active_at as last_active_at,
    multiIf(a.active_days >= 20, 'daily', a.active_days >= 4, 'weekly', a.active_days >= 1, 'rare', 'silent') as habit
from {{ ref('stg_coffee_partner') }} as p
left join activity as a on a.partner_id = p.id
where not p.is_test
settings join_use_nulls = 1
