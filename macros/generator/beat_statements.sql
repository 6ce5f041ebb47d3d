{#- The statements that let the crawlers' rows of one window arrive, in no particular order: none reads another's table. -#}
{% macro gen_beat_statements(window) %}
  {{ return([
    gen_instagram_accounts(window), gen_instagram_posts(window), gen_instagram_profile_insights(window), gen_instagram_stories(window),
    gen_youtube_accounts(window), gen_youtube_videos(window),
    gen_instagram_audience(window), gen_youtube_audience(window), gen_credentials(window),
    gen_instagram_post_insights(window), gen_comments(window), gen_scrape_requests(window), gen_assets(window)
  ]) }}
{% endmacro %}

{#- The moments in (begins_at, ends_at] at which a profile is crawled anew: its last one, for a few also the one before, and a few twice. -#}
{% macro gen_crawls(salt) -%}
  (
    select a, toDateTime(crawl, 'UTC') as updated_at, toUInt32(toDate(updated_at)) as d
    from (
      select
        a,
        {{ gen_pick(salt ~ '.period', 'a', [('21600', 1), ('86400', 5), ('259200', 2)]) }} as period,
        cityHash64(seed, '{{ salt }}.phase', a) % period as phase,
        toUInt32(ends_at) - (toUInt32(ends_at) - phase) % period as last_crawl,
        arrayJoin(arrayConcat(
          [last_crawl],
          if({{ gen_chance(salt ~ '.twice', 'a', 0.02) }}, [last_crawl], []),
          if({{ gen_chance(salt ~ '.history', 'a', 0.05) }}, [last_crawl - period], []))) as crawl
      from creators
    )
    where updated_at > begins_at
  )
{%- endmacro %}
