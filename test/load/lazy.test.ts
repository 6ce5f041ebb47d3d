import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { load, PROJECT } from './project-folder.ts';

test('an ordinary project is loaded without the package yaml', async () => {
  await load({
    'dbt_project.yml': `${PROJECT}require-dbt-version: '>=1.0.0'\non-run-start: ['{{ a() }}']\nmodels: {acme: {+tags: [a]}}\n`,
    'profiles.yml':
      "acme:\n  target: \"{{ env_var('T', 'a') }}\"\n  outputs:\n    a: &a\n      type: clickhouse\n      schema: s\n    b:\n      <<: *a\n",
    'selectors.yml': 'selectors:\n  - name: a\n    definition: {method: tag, value: a}\n',
  });
  const loaded = Object.keys(createRequire(import.meta.url).cache);
  expect(loaded.filter((path) => path.includes('/yaml/dist/'))).toEqual([]);
});
