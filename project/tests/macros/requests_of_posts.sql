-- Posts are asked for while they are young and when their last reading is old enough; those of a set also when nobody has read them.
with
    due as ({{ posts_due('INSTAGRAM', every=6, days=2) }}),
    videos as ({{ posts_due('YOUTUBE', every=2, days=30, of=campaign_accounts('YOUTUBE')) }}),
    collected as ({{ posts_wanted(every=1, days=30, among=collected_posts()) }}),
    delivered as ({{ posts_wanted(every=1, days=90, among=delivered_posts()) }}),
    keywords as ({{ each_period(every=24, id='keyword', among=followed_keywords()) }})

select 'asked too soon' as wrong, shortcode from due where crawled_at >= {{ stir_now() }} - interval 6 hour
union all
select 'forgotten', shortcode from {{ ref('stg_beat_instagram_post') }} final
where id is not null and profile_id is not null and publish_time > {{ stir_now() }} - interval 2 day
    and updated_at < {{ stir_now() }} - interval 6 hour and shortcode not in (select shortcode from due)
union all
select 'of nobody in a campaign', shortcode from videos
where profile_id not in (select channel_id from {{ ref('mart_linked_socials') }})
union all
select 'in no collection', shortcode from collected
where shortcode not in (select shortcode from {{ ref('stg_coffee_post_collection_item') }} where not is_hidden)
union all
select 'never read and not asked for', d.shortcode
from {{ ref('stg_coffee_campaign_deliverable') }} as d
where d.shortcode is not null and d.shortcode not in (select shortcode from {{ ref('stg_beat_instagram_post') }} final where id is not null)
    and d.shortcode not in (select shortcode from delivered)
union all
select 'followed by nobody', keyword from keywords
where not exists (select 1 from {{ ref('stg_coffee_keyword_collection') }} where is_enabled)
