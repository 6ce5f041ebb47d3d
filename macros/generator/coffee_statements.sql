{#- The campaign product. What rarely changes is written with the first window; collections' items, orders and activity go on. -#}
{% macro gen_coffee_statements(window) %}
  {%- set statements = [gen_collection_item_rows(window), gen_orders(window), gen_order_items(window), gen_activity(window)] -%}
  {{ return((gen_coffee_once(window) if window.is_first else []) + statements) }}
{% endmacro %}

{#- How many of each thing there are for a number of creators. -#}
{% macro gen_coffee_sizes(window) %}
  {{ return({'brands': 5 + window.accounts // 50, 'partners': 3 + window.accounts // 100, 'campaigns': 10 + window.accounts // 20, 'collections': 10 + window.accounts // 20}) }}
{% endmacro %}

{% macro gen_coffee_once(window) %}
  {%- set sizes = gen_coffee_sizes(window) -%}
  {{ return([
    gen_brands(window, sizes), gen_partners(window, sizes), gen_locations(window), gen_social_accounts(window), gen_campaigns(window, sizes),
    gen_campaign_profiles(window, sizes), gen_campaign_deliverables(window, sizes), gen_post_collections(window, sizes),
    gen_profile_collections(window, sizes),
    gen_profile_collection_items(window, sizes), gen_keyword_collections(window, sizes), gen_share_links(window, sizes)
  ]) }}
{% endmacro %}

{% macro gen_brands(window, sizes) %}
insert into coffee.brand
{{ gen_bindings(window) }}
select
  number + 1,
  concat({{ gen_pick('brand.first', 'number', [("'Nila'", 1), ("'Sundar'", 1), ("'Urban'", 1), ("'Himal'", 1), ("'Chai'", 1)]) }}, ' ', {{ gen_pick('brand.second', 'number', [("'Foods'", 1), ("'Wear'", 1), ("'Beauty & Co.'", 1), ("'Tech'", 1)]) }}, ' ', toString(number)),
  if({{ gen_chance('brand.no_category', 'number', 0.1) }}, null, {{ gen_category('number') }}), {{ gen_country('number') }},
  not {{ gen_chance('brand.gone', 'number', 0.1) }},
  begins_at, begins_at + number
from numbers({{ sizes.brands }})
{% endmacro %}

{% macro gen_partners(window, sizes) %}
insert into coffee.partner
{{ gen_bindings(window) }}
select
  number + 1, concat('Partner ', toString(number)), {{ gen_pick('partner.kind', 'number', [("'AGENCY'", 3), ("'BRAND'", 2)]) }},
  {{ gen_pick('partner.plan', 'number', [("'FREE'", 2), ("'PRO'", 2), ("'ENTERPRISE'", 1)]) }}, {{ gen_chance('partner.test', 'number', 0.1) }},
  begins_at, begins_at + number
from numbers({{ sizes.partners }})
{% endmacro %}

{% macro gen_locations(window) %}
insert into coffee.location
{{ gen_bindings(window) }},
  [
    ('Mumbai', 'Maharashtra', 'IN', 1, 19.08, 72.88), ('Delhi', 'Delhi', 'IN', 1, 28.61, 77.21), ('Bengaluru', 'Karnataka', 'IN', 1, 12.97, 77.59),
    ('Hyderabad', 'Telangana', 'IN', 1, 17.38, 78.48), ('Chennai', 'Tamil Nadu', 'IN', 1, 13.08, 80.27),
    ('Kolkata', 'West Bengal', 'IN', 1, 22.57, 88.36),
    ('Pune', 'Maharashtra', 'IN', 2, 18.52, 73.86), ('Jaipur', 'Rajasthan', 'IN', 2, 26.91, 75.79),
    ('Lucknow', 'Uttar Pradesh', 'IN', 2, 26.85, 80.95),
    ('Dubai', '', 'AE', 1, 25.2, 55.27)
  ] as places
select
  number + 1, concat(places[number + 1].1, ', ', places[number + 1].3), places[number + 1].1, nullIf(places[number + 1].2, ''), places[number + 1].3,
  places[number + 1].4,
  places[number + 1].5, places[number + 1].6, begins_at, begins_at
from numbers(10)
{% endmacro %}

{% macro gen_social_accounts(window) %}
insert into coffee.social_account
{{ gen_bindings(window) }}
select
  number + 1, intDiv(number, 2) + 1, 'INSTAGRAM', if({{ gen_chance('social.no_profile', 'number', 0.02) }}, null, {{ gen_ig_id('number') }}),
  {{ gen_handle('number') }},
  {{ gen_chance('social.verified', 'number', 0.7) }},
  if({{ gen_chance('social.no_mail', 'number', 0.1) }}, null, concat('creator', toString(number), '@example.com')),
  begins_at, begins_at + number
from numbers({{ window.accounts }})
where {{ gen_chance('social', 'number', 0.25) }}
{% endmacro %}

{% macro gen_campaigns(window, sizes) %}
insert into coffee.campaign
{{ gen_bindings(window) }}
select
  number + 1, 1 + cityHash64(seed, 'campaign.brand', number) % {{ sizes.brands }},
  1 + cityHash64(seed, 'campaign.partner', number) % {{ sizes.partners }},
  concat('Campaign "', {{ gen_pick('campaign.name', 'number', [("'Diwali'", 1), ("'Summer'", 1), ("'Launch'", 1), ("'Onam'", 1)]) }}, '" ', toString(number)),
  {{ gen_pick('campaign.status', 'number', [("'LIVE'", 4), ("'DONE'", 4), ("'DRAFT'", 1), ("'CANCELLED'", 1)]) }},
  toDecimal64(round(20000 * exp({{ gen_normal('campaign.budget', 'number') }}), 2), 2), 'INR',
  toDate(day0 + cityHash64(seed, 'campaign.start', number) % {{ window.end_day - window.day0 }}) as starts_on, starts_on + 30, begins_at,
  begins_at + number
from numbers({{ sizes.campaigns }})
{% endmacro %}

{% macro gen_campaign_profiles(window, sizes) %}
insert into coffee.campaign_profile
{{ gen_bindings(window) }}
select
  number + 1, intDiv(number, 10) + 1, 'INSTAGRAM',
  {{ gen_ig_id("cityHash64(seed, 'campaign.profile', intDiv(number, 10) * 17 + number % 10) % " ~ window.accounts) }},
  {{ gen_pick('invitation', 'number', [("'SHORTLISTED'", 3), ("'INVITED'", 2), ("'ACCEPTED'", 2), ("'DELIVERED'", 2), ("'REJECTED'", 1)]) }} as status,
  if(status in ('SHORTLISTED', 'INVITED'), null, toDecimal64(round(1000 * exp({{ gen_normal('fee', 'number') }}), 2), 2)), begins_at,
  begins_at + number
from numbers({{ 10 * sizes.campaigns }})
{% endmacro %}

{% macro gen_campaign_deliverables(window, sizes) %}
insert into coffee.campaign_deliverable
{{ gen_bindings(window) }}
select
  number + 1, intDiv(number, 2) + 1, {{ gen_pick('deliverable.kind', 'number', [("'REEL'", 3), ("'STORY'", 2), ("'POST'", 2), ("'VIDEO'", 1)]) }},
  {{ gen_pick('deliverable.status', 'number', [("'PENDING'", 2), ("'SUBMITTED'", 1), ("'APPROVED'", 1), ("'PUBLISHED'", 3)]) }} as status,
  toDate(day0 + cityHash64(seed, 'deliverable.due', number) % {{ window.end_day - window.day0 + 20 }}),
  if(status = 'PUBLISHED', lower(hex(cityHash64(seed, 'deliverable.code', number))), null), begins_at, begins_at + number
from numbers({{ 20 * sizes.campaigns }})
{% endmacro %}

{% macro gen_environment(salt, key) -%}
  {{ gen_pick(salt, key, [("'production'", 4), ("'staging'", 1)]) }}
{%- endmacro %}

{% macro gen_post_collections(window, sizes) %}
insert into coffee.post_collection
{{ gen_bindings(window) }}
select
  number + 1, concat('Collection ', toString(number)), 1 + cityHash64(seed, 'collection.partner', number) % {{ sizes.partners }},
  if({{ gen_chance('collection.free', 'number', 0.3) }}, null, 1 + number % {{ sizes.campaigns }}),
  {{ gen_environment('collection.environment', 'number') }},
  if({{ gen_chance('collection.no_budget', 'number', 0.2) }}, null, toDecimal64(round(30000 * exp({{ gen_normal('collection.budget', 'number') }}), 2), 2)),
  not {{ gen_chance('collection.off', 'number', 0.08) }}, begins_at, begins_at + number
from numbers({{ sizes.collections }})
{% endmacro %}

{% macro gen_profile_collections(window, sizes) %}
insert into coffee.profile_collection
{{ gen_bindings(window) }}
select
  number + 1, concat('List ', toString(number)), 1 + cityHash64(seed, 'list.partner', number) % {{ sizes.partners }},
  {{ gen_environment('list.environment', 'number') }},
  not {{ gen_chance('list.off', 'number', 0.08) }}, begins_at, begins_at + number
from numbers({{ sizes.collections }})
{% endmacro %}

{% macro gen_profile_collection_items(window, sizes) %}
insert into coffee.profile_collection_item
{{ gen_bindings(window) }}
select
  number + 1, intDiv(number, 12) + 1, 'INSTAGRAM',
  {{ gen_ig_id("cityHash64(seed, 'list.profile', intDiv(number, 12) * 31 + number % 12) % " ~ window.accounts) }},
  if({{ gen_chance('list.note', 'number', 0.8) }}, null, {{ gen_bio('number') }}), {{ gen_chance('list.hidden', 'number', 0.03) }}, begins_at,
  begins_at + number
from numbers({{ 12 * sizes.collections }})
{% endmacro %}

{% macro gen_keyword_collections(window, sizes) %}
insert into coffee.keyword_collection
{{ gen_bindings(window) }}
select
  number + 1, concat('Keywords ', toString(number)), 1 + cityHash64(seed, 'keywords.partner', number) % {{ sizes.partners }},
  {{ gen_environment('keywords.environment', 'number') }},
  arrayDistinct([lower({{ gen_category('number') }}), {{ gen_pick('keywords.word', 'number', [("'diwali'", 1), ("'ootd'", 1), ("'love'", 1), ("'यात्रा'", 1)]) }}]),
  1, begins_at, begins_at + number
from numbers({{ 3 + sizes.collections // 10 }})
{% endmacro %}

{% macro gen_share_links(window, sizes) %}
insert into coffee.share_link
{{ gen_bindings(window) }}
select
  number + 1, 'POST_COLLECTION', 1 + cityHash64(seed, 'share.entity', number) % {{ sizes.collections }},
  lower(hex(cityHash64(seed, 'share.token', number))),
  toUInt32(20 * exp({{ gen_normal('share.views', 'number') }})),
  if({{ gen_chance('share.forever', 'number', 0.5) }}, null, begins_at + toIntervalDay(30 + number % 200)), begins_at, begins_at + number
from numbers({{ sizes.collections }})
{% endmacro %}
