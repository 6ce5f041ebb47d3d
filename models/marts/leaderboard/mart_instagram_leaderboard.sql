{{ config(order_by='(month, platform_id)', tags=['daily', 'leaderboard'], query_settings=spill_settings()) }}

with base as (
    select * from {{ ref('mart_insta_leaderboard_base') }}
),

{{ ranked_leaderboard('base', ranked_metrics(), rank_dimensions()) }}
