-- Accounts are asked for when their last crawl is old enough, all of those and no others, and only those of the set.
with
    due as ({{ accounts_due('INSTAGRAM', every=6) }}),
    of_campaigns as ({{ accounts_due('INSTAGRAM', every=1, among=campaign_accounts('INSTAGRAM')) }}),
    of_collections as ({{ accounts_due('YOUTUBE', every=1, among=collected_accounts('YOUTUBE')) }}),
    leaders as ({{ top_accounts('INSTAGRAM', top=3) }}),
    unknown as ({{ unknown_accounts('INSTAGRAM') }}),
    connected as ({{ each_period(every=24, id='profile_id', among=connected_accounts()) }})

select 'asked too soon' as wrong, profile_id from due where crawled_at >= {{ stir_now() }} - interval 6 hour
union all
select 'another period', profile_id from due where due_at != toStartOfInterval({{ stir_now() }}, interval 6 hour)
union all
select 'forgotten', profile_id from {{ ref('stg_beat_instagram_account') }}
where updated_at < {{ stir_now() }} - interval 6 hour and profile_id not in (select profile_id from due)
union all
select 'in no live campaign', profile_id from of_campaigns
where profile_id not in (
    select profile_id from {{ ref('stg_coffee_campaign_profile') }} where campaign_id in (select id from {{ ref('stg_coffee_campaign') }} where status = 'LIVE')
)
union all
select 'in no collection', channel_id from {{ ref('mart_linked_socials') }}
where channel_id in (select profile_id from of_collections)
    and ig_id not in (select profile_id from {{ ref('stg_coffee_profile_collection_item') }} where not is_hidden)
union all
select 'no leader', profile_id from leaders
where profile_id not in (select platform_id from {{ ref('mart_leaderboard') }} where platform = 'INSTAGRAM' and followers_rank <= 3)
union all
select 'crawled already', handle from unknown
where profile_id in (select profile_id from {{ ref('stg_beat_instagram_account') }})
union all
select 'not connected', profile_id from connected
where profile_id not in (select profile_id from {{ ref('stg_beat_credential') }} where is_enabled and not is_expired)
    or due_at != toStartOfDay({{ stir_now() }})
