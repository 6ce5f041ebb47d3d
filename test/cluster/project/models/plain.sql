{{ config(materialized='table') }} {{ wave() }}
