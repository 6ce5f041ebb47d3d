-- Pictures have an owner and an address; texts, places and links are those that were written.
with
    profiles as ({{ account_pictures('INSTAGRAM', url='profile_pic_url') }}),
    posts as ({{ post_pictures('display_url', among=collected_posts()) }}),
    covers as ({{ video_covers(of=top_accounts('YOUTUBE', top=500), days=30) }}),
    unfinished as ({{ unfinished_assets('PENDING', hours=6) }}),
    captions as ({{ captions_written(days=7) }}),
    comments as ({{ comments_written(among=collected_posts()) }}),
    places as ({{ places_changed() }}),
    creators as ({{ accounts_without_category(followers=1000) }}),
    links as ({{ profile_links() }})

select 'no address' as wrong, entity_id as id from profiles where original_url = ''
union all
select 'in no collection', entity_id from posts
where entity_id not in (select shortcode from {{ ref('stg_coffee_post_collection_item') }})
union all
select 'no video', entity_id from covers
where entity_id not in (select shortcode from {{ ref('stg_beat_youtube_video') }} final) or original_url not like concat('%', entity_id, '%')
union all
select 'done', toString(asset_id) from unfinished
where asset_id not in (select id from {{ ref('stg_beat_asset_log') }} where status = 'PENDING') or updated_at >= {{ stir_now() }} - interval 6 hour
union all
select 'too short', shortcode from captions where length(text) <= 10 or text_hash != cityHash64(text)
union all
select 'no comment', toString(comment_id) from comments where text = ''
union all
select 'no place', toString(location_id) from places where location_id not in (select id from {{ ref('stg_coffee_location') }})
union all
select 'has a category', profile_id from creators
where profile_id in (select profile_id from {{ ref('stg_beat_instagram_account') }} where category is not null)
union all
select 'no link', profile_id from links where url = ''
