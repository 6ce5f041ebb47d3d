{{ config(order_by='ig_id', tags=['core', 'hourly']) }}

with claims as (
    select profile_id as ig_id, handle, assumeNotNull(linked_channel_id) as channel_id, updated_at
    from {{ ref('mart_profile_attributes') }}
    where platform = 'INSTAGRAM' and linked_channel_id is not null
),

-- A channel belongs to one creator: where two profiles claim it, the newer claim counts.
settled as (
    select * from claims
    order by updated_at desc, ig_id
    limit 1 by channel_id
)

select
    s.ig_id as ig_id,
    s.handle as ig_handle,
    s.channel_id as channel_id,
    y.custom_url as channel_url,
    y.title as channel_title,
    s.updated_at as linked_at
from settled as s
inner join {{ ref('stg_beat_youtube_account') }} as y on y.channel_id = s.channel_id
