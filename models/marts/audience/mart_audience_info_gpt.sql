{{ config(order_by='profile_id', tags=['daily']) }}

select
    profile_id,
    {{ audience_columns() }},
    max(guessed.updated_at) as updated_at
from {{ ref('stg_beat_instagram_audience') }} as guessed
where origin = 'gpt'
group by profile_id
