{{ config(order_by='profile_id', tags=['post_ranker_partial']) }}

-- Six hours: the job runs every five minutes, but a row may be four hours late and a run may fail.
select
    assumeNotNull(p.profile_id) as profile_id,
    count() as changed_posts,
    max(p.updated_at) as last_changed_at
from {{ ref('stg_beat_instagram_post') }} as p
where p.id is not null and p.profile_id is not null and p.updated_at > {{ stir_now() }} - interval 6 hour
group by profile_id
settings final = 1
