{{ config(order_by='ig_id', tags=['core', 'hourly', 'deprecated']) }}

-- The first search page read this; mart_instagram_account took its place. It stays until the last reader has moved.
select
    profile_id as ig_id,
    handle,
    full_name,
    followers,
    {{ follower_group('followers') }} as follower_group,
    updated_at
from {{ ref('stg_beat_instagram_account') }}
where handle is not null
