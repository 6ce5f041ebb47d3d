import type { Shape } from './check.ts';
import { closed, NODE, OPTIONAL_FLAG, OPTIONAL_TEXT, open, TEXTS } from './nodes.ts';

const QUOTING = closed({
  database: OPTIONAL_FLAG,
  schema: OPTIONAL_FLAG,
  identifier: OPTIONAL_FLAG,
  column: OPTIONAL_FLAG,
});
const TIME: Shape = [
  closed({ count: ['integer', 'none'], period: [{ words: ['minute', 'hour', 'day'] }, 'none'] }),
  'none',
];
const FRESHNESS: Shape = [closed({ warn_after: TIME, error_after: TIME, filter: OPTIONAL_TEXT }), 'none'];
const LOADED = { freshness: FRESHNESS, loaded_at_field: OPTIONAL_TEXT, loaded_at_query: OPTIONAL_TEXT };
const PARTITION = open({ name: 'text', description: 'text', data_type: 'text', meta: 'map' });
const EXTERNAL = open({
  location: OPTIONAL_TEXT,
  file_format: OPTIONAL_TEXT,
  row_format: OPTIONAL_TEXT,
  tbl_properties: OPTIONAL_TEXT,
  partitions: [{ list: [PARTITION, 'text'] }, 'none'],
});

const { access: _, quote_columns: __, ...described } = NODE.fields;
const TABLE = open(
  {
    ...described,
    ...LOADED,
    identifier: OPTIONAL_TEXT,
    quoting: QUOTING,
    external: [EXTERNAL, 'none'],
    tags: TEXTS,
  },
  ['name'],
);

export const SOURCE = closed(
  {
    name: 'text',
    description: 'text',
    meta: 'map',
    database: OPTIONAL_TEXT,
    schema: OPTIONAL_TEXT,
    loader: 'text',
    quoting: QUOTING,
    ...LOADED,
    tables: { list: TABLE },
    tags: TEXTS,
    config: 'map',
    overrides: 'any',
  },
  ['name'],
);
