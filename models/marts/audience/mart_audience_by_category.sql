{{ config(order_by='(category, dimension, bucket)', tags=['weekly']) }}

-- Followers are what an audience is made of: a big account's shares weigh more.
with shares as (
    select a.category as category, s.dimension as dimension, s.bucket as bucket, s.share as share, assumeNotNull(a.followers) as followers
    from {{ ref('stg_beat_instagram_audience') }} as s
    inner join {{ ref('mart_instagram_account') }} as a on a.ig_id = s.profile_id
    where s.origin = 'insights' and s.dimension in ('gender', 'age', 'city', 'language') and a.followers > 0
)

select
    category,
    dimension,
    bucket,
    count() as accounts,
    sum(s.share * s.followers) as followers,
    sum(s.share * s.followers) / sum(s.followers) as share
from shares as s
group by category, dimension, bucket
