{{ config(materialized='table', tags=['nightly']) }}
select id, name from {{ ref('helper') }}
