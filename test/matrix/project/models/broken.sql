{{ config(enabled=var('broken')) }}
select missing_column from {{ ref('first') }}
