{{ config(materialized='view') }} select * from {{ ref('spread') }} where v > 0
