{{ config(enabled=var('broken')) }}
select * from {{ ref('broken') }}
