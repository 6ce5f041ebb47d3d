{{ config(materialized='materialized_view', refreshable={'interval': 'EVERY 1 DAY'}) }} select id, v from {{ ref('plain') }}
