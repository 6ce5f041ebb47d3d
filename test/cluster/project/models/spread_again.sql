{{ config(materialized='distributed_table') }} select * from {{ ref('spread') }}
