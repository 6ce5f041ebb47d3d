{{ config(order_by='(platform, profile_id)', tags=['daily']) }}

with latest as (
    select *
    from {{ source('vidooly', 'social_profiles_new') }}
    where profile_id is not null
    {{ latest_version('platform, profile_id', arrival='id') }}
)

-- 'MISSING' instead of NULL: these are grouped and ranked by, and a group of unknowns is a group of its own.
select
    platform,
    assumeNotNull(profile_id) as profile_id,
    handle,
    {{ word_or_missing('initcap(category)') }} as category,
    {{ word_or_missing('lower(language)') }} as language,
    {{ word_or_missing('upper(country)') }} as country,
    {{ word_or_missing('city') }} as city,
    {{ word_or_missing('upper(profile_type)') }} as profile_type,
    {{ word_or_missing('upper(gender)') }} as gender,
    linked_channel_id,
    toBool(is_blacklisted) as is_blacklisted,
    search_phrase,
    updated_at
from latest
