{#- What the crawlers keep. `ingested_at` is when a row version reached the replica, never before its `updated_at`. -#}
{% macro gen_beat_tables() %}
  {% set tables = [
    {'name': 'beat_replica.instagram_account', 'order_by': 'updated_at', 'columns': "
      id Nullable(UInt64), profile_id Nullable(String), handle Nullable(String), full_name Nullable(String), biography Nullable(String),
      following Nullable(Int64), followers Nullable(Int64), media_count Nullable(Int64), profile_pic_url Nullable(String),
      external_url Nullable(String),
      is_private UInt8, is_verified UInt8, is_business_or_creator UInt8, category Nullable(String),
      created_at DateTime('UTC'), updated_at DateTime('UTC'), ingested_at DateTime('UTC')"},
    {'name': 'beat_replica.instagram_post_simple', 'order_by': 'ingested_at', 'columns': "
      id Nullable(UInt64), profile_id Nullable(String), handle Nullable(String), post_id String, post_type LowCardinality(String),
      caption Nullable(String),
      likes Nullable(Int64), views Nullable(Int64), plays Nullable(Int64), comments Nullable(Int64), reach Nullable(Int64), saved Nullable(Int64),
      shares Nullable(Int64), impressions Nullable(Int64), interactions Nullable(Int64), engagement Nullable(Int64), shortcode String,
      display_url Nullable(String), thumbnail_url Nullable(String), updated_at DateTime('UTC'), created_at DateTime('UTC'),
      publish_time Nullable(DateTime('UTC')),
      content_type LowCardinality(Nullable(String)), taps_forward Nullable(Int64), taps_back Nullable(Int64), exits Nullable(Int64),
      replies Nullable(Int64),
      navigation Nullable(Int64), profile_activity Nullable(Int64), profile_visits Nullable(Int64), follows Nullable(Int64),
      video_views Nullable(Int64),
      ingested_at DateTime('UTC')"},
    {'name': 'beat_replica.youtube_account', 'order_by': 'updated_at', 'columns': "
      id Nullable(UInt64), channel_id Nullable(String), custom_url Nullable(String), title Nullable(String), description Nullable(String),
      subscribers Nullable(Int64), uploads Nullable(Int64), views Nullable(Int64), thumbnail Nullable(String), country Nullable(String),
      is_subscriber_count_hidden UInt8, created_at DateTime('UTC'), updated_at DateTime('UTC'), ingested_at DateTime('UTC')"},
    {'name': 'beat_replica.youtube_video', 'order_by': 'ingested_at', 'columns': "
      id Nullable(UInt64), shortcode String, channel_id Nullable(String), title Nullable(String), description Nullable(String),
      post_type LowCardinality(String),
      category Nullable(String), duration_seconds Nullable(UInt32), views Nullable(Int64), likes Nullable(Int64), comments Nullable(Int64),
      publish_time Nullable(DateTime('UTC')), created_at DateTime('UTC'), updated_at DateTime('UTC'), ingested_at DateTime('UTC')"},
    {'name': 'beat_replica.instagram_profile_insights', 'order_by': 'updated_at', 'columns': "
      id UInt64, profile_id String, metric_date Date, reach Nullable(Int64), impressions Nullable(Int64), profile_views Nullable(Int64),
      website_clicks Nullable(Int64), updated_at DateTime('UTC')"},
    {'name': 'beat_replica.instagram_post_insights', 'order_by': 'updated_at', 'columns': "
      id UInt64, profile_id String, shortcode String, reach Nullable(Int64), impressions Nullable(Int64), saved Nullable(Int64),
      shares Nullable(Int64),
      plays Nullable(Int64), updated_at DateTime('UTC')"},
    {'name': 'beat_replica.instagram_story', 'order_by': 'updated_at', 'columns': "
      id UInt64, profile_id Nullable(String), story_id String, story_type LowCardinality(String), reach Nullable(Int64), impressions Nullable(Int64),
      replies Nullable(Int64), exits Nullable(Int64), taps_forward Nullable(Int64), taps_back Nullable(Int64), publish_time DateTime('UTC'),
      updated_at DateTime('UTC')"},
    {'name': 'beat_replica.instagram_audience', 'order_by': 'profile_id', 'columns': "
      id UInt64, profile_id String, origin LowCardinality(String), dimension LowCardinality(String), bucket String, share Float64,
      updated_at DateTime('UTC')"},
    {'name': 'beat_replica.youtube_audience', 'order_by': 'channel_id', 'columns': "
      id UInt64, channel_id String, dimension LowCardinality(String), bucket String, share Float64, updated_at DateTime('UTC')"},
    {'name': 'beat_replica.instagram_post_comment', 'order_by': 'updated_at', 'columns': "
      id UInt64, comment_id String, shortcode String, profile_id Nullable(String), commenter_handle Nullable(String), text Nullable(String),
      likes Nullable(Int64), publish_time DateTime('UTC'), updated_at DateTime('UTC')"},
    {'name': 'beat_replica.scrape_request_log', 'order_by': 'created_at', 'columns': "
      id UInt64, flow LowCardinality(String), platform LowCardinality(String), params String, status LowCardinality(String), retry_count UInt8,
      created_at DateTime('UTC'), picked_at Nullable(DateTime('UTC')), scraped_at Nullable(DateTime('UTC')), updated_at DateTime('UTC')"},
    {'name': 'beat_replica.asset_log', 'order_by': 'updated_at', 'columns': "
      id UInt64, entity_id String, entity_type LowCardinality(String), platform LowCardinality(String), asset_type LowCardinality(String),
      original_url Nullable(String), asset_url Nullable(String), status LowCardinality(String), updated_at DateTime('UTC')"},
    {'name': 'beat_replica.credential', 'order_by': 'id', 'columns': "
      id UInt64, idempotency_key String, source LowCardinality(String), handle Nullable(String), profile_id Nullable(String), enabled UInt8,
      data_access_expired UInt8, created_at DateTime('UTC'), updated_at DateTime('UTC')"},
  ] %}
  {{ return(tables) }}
{% endmacro %}
