{{ config(materialized='table', tags=['core']) }}
select id, name from {{ ref('raw') }}
where id in (select id from {{ source('landed', 'raw') }})
