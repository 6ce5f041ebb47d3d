{{ config(order_by='(campaign_id, kind)', tags=['collections']) }}

select
    p.campaign_id as campaign_id,
    d.kind as kind,
    count() as owed,
    countIf(d.status = 'PUBLISHED') as published,
    countIf(d.status in ('SUBMITTED', 'APPROVED')) as under_way,
    countIf(d.status != 'PUBLISHED' and d.due_on < toDate({{ stir_now() }})) as overdue,
    minOrNullIf(d.due_on, d.status != 'PUBLISHED') as next_due_on
from {{ ref('stg_coffee_campaign_deliverable') }} as d
inner join {{ ref('stg_coffee_campaign_profile') }} as p on p.id = d.campaign_profile_id
-- Who declined owes nothing.
where p.status in ('ACCEPTED', 'DELIVERED')
group by campaign_id, kind
