{{ config(order_by='(platform, profile_id)', tags=['daily']) }}

with known as (
    select 'INSTAGRAM' as platform, profile_id, dimension, bucket, share, updated_at
    from {{ ref('stg_beat_instagram_audience') }}
    where origin = 'insights'
    union all
    select 'YOUTUBE' as platform, channel_id as profile_id, dimension, bucket, share, updated_at
    from {{ ref('stg_beat_youtube_audience') }}
)

select
    toLowCardinality(platform) as platform,
    profile_id,
    {{ audience_columns() }},
    max(known.updated_at) as updated_at
from known
group by platform, profile_id
