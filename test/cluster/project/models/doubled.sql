{{ config(materialized='view') }} select id, {{ function('twice') }}(v) as v from {{ ref('plain') }}
