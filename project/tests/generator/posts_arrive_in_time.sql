-- The crawler is never more than four hours late, but for the marked few (fewer than one in a hundred) that test the limit.
select
    count() as total,
    countIf(ingested_at - updated_at > 4 * 3600) as too_late,
    countIf(ingested_at < updated_at) as before_their_time
from {{ source('beat_replica', 'instagram_post_simple') }}
having too_late > total / 100 or before_their_time > 0
