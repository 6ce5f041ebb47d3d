select count() as names from {{ ref('first') }}
