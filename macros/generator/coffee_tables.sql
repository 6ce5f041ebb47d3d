{#- The campaign product's tables, replicated from its Postgres. -#}
{% macro gen_coffee_tables() %}
  {% set tables = [
    {'name': 'coffee.brand', 'columns': "id UInt64, name String, category Nullable(String), country Nullable(String), is_active UInt8"},
    {'name': 'coffee.partner', 'columns': "id UInt64, name String, kind LowCardinality(String), plan LowCardinality(String), is_test UInt8"},
    {'name': 'coffee.location', 'columns': "id UInt64, name String, city String, state Nullable(String), country String, tier UInt8, latitude Float64, longitude Float64"},
    {'name': 'coffee.social_account', 'columns': "id UInt64, user_id UInt64, platform LowCardinality(String), profile_id Nullable(String), handle Nullable(String), is_verified UInt8,
      email Nullable(String)"},
    {'name': 'coffee.campaign', 'columns': "id UInt64, brand_id UInt64, partner_id UInt64, name String, status LowCardinality(String), budget Decimal(18, 2),
      currency LowCardinality(String), starts_on Date, ends_on Date"},
    {'name': 'coffee.campaign_profile', 'columns': "id UInt64, campaign_id UInt64, platform LowCardinality(String), profile_id String, status LowCardinality(String),
      fee Nullable(Decimal(18, 2))"},
    {'name': 'coffee.campaign_deliverable', 'columns': "id UInt64, campaign_profile_id UInt64, kind LowCardinality(String), status LowCardinality(String), due_on Date,
      shortcode Nullable(String)"},
    {'name': 'coffee.post_collection', 'columns': "id UInt64, name String, partner_id UInt64, campaign_id Nullable(UInt64), environment LowCardinality(String),
      budget Nullable(Decimal(18, 2)), is_enabled UInt8"},
    {'name': 'coffee.post_collection_item', 'columns': "id UInt64, collection_id UInt64, platform LowCardinality(String), shortcode String, profile_id Nullable(String),
      post_type LowCardinality(String), cost Nullable(Decimal(18, 2)), is_hidden UInt8"},
    {'name': 'coffee.profile_collection', 'columns': "id UInt64, name String, partner_id UInt64, environment LowCardinality(String), is_enabled UInt8"},
    {'name': 'coffee.profile_collection_item', 'columns': "id UInt64, collection_id UInt64, platform LowCardinality(String), profile_id String, note Nullable(String), is_hidden UInt8"},
    {'name': 'coffee.keyword_collection', 'columns': "id UInt64, name String, partner_id UInt64, environment LowCardinality(String), keywords Array(String), is_enabled UInt8"},
    {'name': 'coffee.orders', 'columns': "id UInt64, order_number String, partner_id UInt64, campaign_id Nullable(UInt64), status LowCardinality(String), currency LowCardinality(String),
      discount Decimal(18, 2), tax_rate Decimal(5, 2), placed_at DateTime('UTC')"},
    {'name': 'coffee.order_item', 'columns': "id UInt64, order_id UInt64, profile_id Nullable(String), kind LowCardinality(String), quantity UInt16, unit_price Decimal(18, 2)"},
    {'name': 'coffee.activity_log', 'columns': "id UInt64, actor_id Nullable(UInt64), partner_id UInt64, action LowCardinality(String), entity_type LowCardinality(String), entity_id UInt64"},
    {'name': 'coffee.share_link', 'columns': "id UInt64, entity_type LowCardinality(String), entity_id UInt64, token String, view_count UInt32, expires_at Nullable(DateTime('UTC'))"},
  ] %}
  {% for table in tables %}
    {% do table.update({'order_by': 'id', 'columns': table.columns ~ ", created_at DateTime('UTC'), updated_at DateTime('UTC')"}) %}
  {% endfor %}
  {{ return(tables) }}
{% endmacro %}
