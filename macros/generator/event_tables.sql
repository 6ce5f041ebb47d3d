{#- The event stream and the generator's own clock. -#}
{% macro gen_event_tables() %}
  {% set tables = [
    {'name': '_e.generator_clock', 'order_by': 'ends_at', 'columns': "
      seed UInt64, accounts UInt64, history_start DateTime('UTC'), begins_at DateTime('UTC'), ends_at DateTime('UTC'), is_first UInt8"},
    {'name': '_e.profile_log_events', 'order_by': 'insert_timestamp', 'columns': "
      event_id String, event_timestamp DateTime('UTC'), insert_timestamp DateTime('UTC'), platform LowCardinality(String),
      profile_id Nullable(String),
      handle Nullable(String), source LowCardinality(String), metrics String, dimensions String"},
    {'name': '_e.post_log_events', 'order_by': 'insert_timestamp', 'columns': "
      event_id String, event_timestamp DateTime('UTC'), insert_timestamp DateTime('UTC'), platform LowCardinality(String),
      profile_id Nullable(String),
      shortcode String, publish_time Nullable(DateTime('UTC')), source LowCardinality(String), metrics String, dimensions String"},
  ] %}
  {{ return(tables) }}
{% endmacro %}

{% macro gen_vidooly_tables() %}
  {{ return([
    {'name': 'vidooly.social_profiles_new', 'order_by': 'updated_at', 'columns': "
      id UInt64, platform LowCardinality(String), profile_id Nullable(String), handle Nullable(String), category Nullable(String),
      language Nullable(String),
      country Nullable(String), city Nullable(String), gender Nullable(String), profile_type Nullable(String), linked_channel_id Nullable(String),
      is_blacklisted UInt8, search_phrase Nullable(String), updated_at DateTime('UTC')"},
  ]) }}
{% endmacro %}
