{{ config(materialized='materialized_view') }} select id, v + 100 as v from {{ ref('plain') }}
