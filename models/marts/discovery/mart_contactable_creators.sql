{{ config(order_by='ig_id', tags=['core', 'hourly']) }}

with registered as (
    select assumeNotNull(s.profile_id) as profile_id, s.email as email, s.is_verified as is_verified, s.created_at as registered_at
    from {{ ref('stg_coffee_social_account') }} as s
    where s.platform = 'INSTAGRAM'
    order by s.updated_at desc, s.id desc
    limit 1 by profile_id
),

worked as (
    select
        profile_id,
        countIf(status in ('ACCEPTED', 'DELIVERED')) as campaigns_accepted,
        countIf(status = 'REJECTED') as campaigns_rejected
    from {{ ref('stg_coffee_campaign_profile') }}
    where platform = 'INSTAGRAM'
    group by profile_id
)

select
    a.ig_id as ig_id,
    a.handle as handle,
    a.follower_group as follower_group,
    a.country as country,
    a.category as category,
    a.is_connected as is_connected,
    r.email as email,
    r.is_verified as is_verified,
    r.registered_at as registered_at,
    w.campaigns_accepted as campaigns_accepted,
    w.campaigns_rejected as campaigns_rejected
from {{ ref('mart_instagram_account') }} as a
inner join registered as r on r.profile_id = a.ig_id
left join worked as w on w.profile_id = a.ig_id
where not a.is_blacklisted
