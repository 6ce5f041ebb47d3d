{{ config(materialized='table', tags=['core']) }}
select id, name from {{ ref('raw') }}
