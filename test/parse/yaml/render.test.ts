import { expect, test } from 'vitest';
import { hasTemplate, renderedEntry } from '../../../src/parse/yaml/render.ts';

const upper = (text: string) => text.toUpperCase();

test('descriptions, tests and hooks are rendered later, all else now', () => {
  const entry = {
    name: '{{ n }}',
    description: '{{ d }}',
    config: { alias: '{{ a }}', pre_hook: ['{{ h }}'] },
    columns: [{ name: '{{ c }}', description: '{{ d }}', data_tests: [{ x: { arguments: { a: '{{ v }}' } } }] }],
    versions: [{ v: 1, description: '{{ d }}', columns: [{ name: '{{ c }}', data_tests: ['{{ t }}'] }] }],
  };
  expect(renderedEntry('models', entry, upper)).toEqual({
    name: '{{ N }}',
    description: '{{ d }}',
    config: { alias: '{{ A }}', pre_hook: ['{{ h }}'] },
    columns: [{ name: '{{ C }}', description: '{{ d }}', data_tests: [{ x: { arguments: { a: '{{ v }}' } } }] }],
    versions: [{ v: 1, description: '{{ d }}', columns: [{ name: '{{ C }}', data_tests: ['{{ t }}'] }] }],
  });
});

test('a source’s tables are treated as its own entries', () => {
  const entry = {
    schema: '{{ s }}',
    description: '{{ d }}',
    tables: [{ identifier: '{{ i }}', description: '{{ d }}' }],
  };
  expect(renderedEntry('sources', entry, upper)).toEqual({
    schema: '{{ S }}',
    description: '{{ d }}',
    tables: [{ identifier: '{{ I }}', description: '{{ d }}' }],
  });
});

test('only what may be a template is rendered', () => {
  expect(['{{ x }}', '{% x %}', '{# x #}', 'x #}'].every(hasTemplate)).toBe(true);
  expect(hasTemplate('{ x }')).toBe(false);
});
