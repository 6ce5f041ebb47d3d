import type { Shape } from './check.ts';
import { closed, OPTIONAL_TEXT, open, TEXTS, VERSION } from './nodes.ts';

const OWNER = open({ email: ['text', TEXTS, 'none'], name: OPTIONAL_TEXT });

export const EXPOSURE = closed(
  {
    name: 'text',
    type: { words: ['dashboard', 'notebook', 'analysis', 'ml', 'application'] },
    owner: OWNER,
    description: 'text',
    label: OPTIONAL_TEXT,
    maturity: [{ words: ['low', 'medium', 'high'] }, 'none'],
    meta: 'map',
    tags: TEXTS,
    url: OPTIONAL_TEXT,
    depends_on: TEXTS,
    config: 'map',
  },
  ['name', 'type', 'owner'],
);

export const GROUP = closed({ name: 'text', owner: OWNER, description: OPTIONAL_TEXT, config: 'map' }, [
  'name',
  'owner',
]);

const ROWS = {
  rows: ['text', { list: 'map' }, 'none'],
  format: { words: ['csv', 'dict', 'sql'] },
  fixture: OPTIONAL_TEXT,
} as const;
const VERSIONS: Shape = [{ list: VERSION }, 'none'];

export const UNIT_TEST = closed(
  {
    name: 'text',
    model: 'text',
    given: { list: closed({ input: 'text', ...ROWS }, ['input']) },
    expect: closed(ROWS),
    description: 'text',
    overrides: [closed({ macros: 'map', vars: 'map', env_vars: 'map' }), 'none'],
    config: 'map',
    versions: [closed({ include: VERSIONS, exclude: VERSIONS }), 'none'],
  },
  ['name', 'model', 'given', 'expect'],
);
