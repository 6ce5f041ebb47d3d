{{ config(order_by='(month, platform_id)', tags=['daily', 'leaderboard'], query_settings=spill_settings()) }}

with base as (
    select * from {{ ref('mart_youtube_leaderboard_base') }}
),

-- Channels have no profile types worth ranking by.
{{
    ranked_leaderboard(
        'base',
        ranked_metrics(),
        {'': [], '_by_cat': ['category'], '_by_lang': ['language'], '_by_cat_lang': ['category', 'language'], '_by_country': ['country']},
    )
}}
