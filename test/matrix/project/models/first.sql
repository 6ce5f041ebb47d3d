select id, name, at from {{ ref('raw') }}
