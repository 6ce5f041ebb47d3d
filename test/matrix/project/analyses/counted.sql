select count(*) from {{ ref('first') }}
