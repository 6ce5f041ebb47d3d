{{ config(order_by='follower_group', tags=['weekly']) }}

select
    follower_group,
    count() as accounts,
    countIf(a.audience_origin = 'insights') as told,
    countIf(a.audience_origin = 'gpt') as guessed,
    countIf(a.audience_origin is null) as unknown,
    {{ percent_of('countIf(a.audience_origin is not null)', 'count()') }} as coverage
from {{ ref('mart_instagram_account') }} as a
group by follower_group
