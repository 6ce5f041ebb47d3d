import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SmallProject, smallProject } from './small-project.ts';

interface Mistake {
  readonly what: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly code: 1 | 2;
  /** File, line and column that the message names. */
  readonly place: string;
  readonly says: RegExp;
  /** What the reader is told to do. */
  readonly help: RegExp;
}

const MISTAKES: readonly Mistake[] = [
  {
    what: 'broken YAML',
    files: { 'models/broken.yml': 'models:\n  - name: orders\n   description: x\n' },
    code: 2,
    place: 'models/broken.yml:3:1',
    says: /Sequence item/,
    help: /Correct the YAML/,
  },
  {
    what: 'an unknown ref',
    files: { 'models/report.sql': "select 1\nfrom {{ ref('ordres') }}\n" },
    code: 2,
    place: 'models/report.sql:2:9',
    says: /depends on a node named 'ordres' which was not found/,
    help: /Did you mean 'orders'\?/,
  },
  {
    what: 'a cycle',
    files: {
      'models/report.sql': "select *\nfrom {{ ref('other') }}\n",
      'models/other.sql': "select *\nfrom {{ ref('report') }}\n",
    },
    code: 2,
    place: 'models/(?:report|other).sql:2:9',
    says: /Found a cycle: model\.small\.(?:report|other) --> model\.small\.(?:report|other)/,
    help: /must stop reading/,
  },
  {
    what: 'a duplicate name',
    files: { 'models/second/report.sql': 'select 1\n' },
    code: 2,
    place: 'models/second/report.sql:1:1',
    says: /two models with the name "report": .*models\/report\.sql.*models\/second\/report\.sql/,
    help: /change the name/,
  },
  {
    what: 'a template error inside a macro, while parsing',
    files: {
      'macros/twice.sql': '{% macro twice(column) %}\n  2 *\n  {{ column.nothing.more }}\n{% endmacro %}\n',
      'models/report.sql': "select\n  {{ twice('a') }} as b\n",
    },
    code: 2,
    place: 'macros/twice.sql:3:13',
    says: /'str object' has no attribute 'nothing'/,
    help: /Check for typos/,
  },
  {
    what: 'a tag that is no template, inside a macro',
    files: {
      'macros/twice.sql': '{% macro twice(column) %}\n  {% if %}\n{% endmacro %}\n',
      'models/report.sql': "select\n  {{ twice('a') }} as b\n",
    },
    code: 2,
    place: 'macros/twice.sql:2:3',
    says: /Expected an expression/,
    help: /hint: /,
  },
  {
    what: 'a template error inside a macro, while running',
    files: {
      'macros/twice.sql':
        "{% macro twice(column) %}\n  2 *\n  {{ column.nothing.more if execute else '1' }}\n{% endmacro %}\n",
      'models/report.sql': "select\n  {{ twice('a') }} as b\n",
    },
    code: 1,
    place: 'macros/twice.sql:3:13',
    says: /'str object' has no attribute 'nothing'/,
    help: /Check for typos/,
  },
  {
    what: 'an SQL error in the model',
    files: { 'models/report.sql': "{{ config(materialized='table') }}\nselect\n  1 as a,\n  nocolumn as b\n" },
    code: 1,
    place: 'models/report.sql:4:3',
    says: /Unknown expression identifier `nocolumn`/,
    help: /hint: The SQL that failed: target\/compiled\/small\/models\/report\.sql/,
  },
  {
    what: 'an SQL error that a macro wrote',
    files: {
      'macros/twice.sql': '{% macro twice(column) %}\n  2 *\n  nofunction({{ column }})\n{% endmacro %}\n',
      'models/report.sql': "{{ config(materialized='table') }}\nselect\n  1 as a,\n  {{ twice('a') }} as b\n",
    },
    code: 1,
    place: 'models/report.sql:4:3',
    says: /`nofunction` does not exist/,
    help: /hint: The SQL that failed: target\/compiled\/small\/models\/report\.sql/,
  },
  {
    what: 'an unreachable server',
    args: ['--target', 'gone'],
    code: 2,
    place: 'profiles.yml:\\d+:\\d+',
    says: /cannot connect to ClickHouse at 127\.0\.0\.1:1/,
    help: /Check host and port/,
  },
  {
    what: 'a wrong password',
    args: ['--target', 'stranger'],
    code: 2,
    place: 'profiles.yml:\\d+:\\d+',
    says: /Authentication failed/,
    help: /hint: Check user and password of the profile/,
  },
  {
    what: 'an unknown selector',
    args: ['--selector', 'nightly'],
    code: 2,
    place: 'selectors.yml:1:1',
    says: /Could not find selector named nightly, expected one of \['hourly'\]/,
    help: /hint: Name one of these/,
  },
];

const SOUND = {
  'models/orders.sql': "{{ config(materialized='table') }}\nselect 1 as id, 'a' as name\n",
  'models/report.sql':
    "{{ config(materialized='table') }}\nselect {{ twice('id') }} as doubled from {{ ref('orders') }}\n",
  'macros/twice.sql': '{% macro twice(column) %}2 * {{ column }}{% endmacro %}\n',
  'selectors.yml': 'selectors: [{name: hourly, definition: {method: tag, value: hourly}}]\n',
};

let project: SmallProject;
let stranger: Server;

beforeAll(async () => {
  project = await smallProject(SOUND);
  stranger = await refusing();
  const { port } = stranger.address() as AddressInfo;
  project.write({
    'profiles.yml': `small:
  target: dev
  outputs:
    dev: {type: clickhouse, schema: main, threads: 4, embedded: {path: .tsdbt/clickhouse}}
    gone: {type: clickhouse, schema: main, host: 127.0.0.1, port: 1}
    stranger: {type: clickhouse, schema: main, host: 127.0.0.1, port: ${port}, user: guest, password: wrong-secret}
`,
  });
  expect((await project.run(['build'])).code).toBe(0);
}, 120_000);

afterAll(async () => {
  stranger?.close();
  await project?.remove();
});

describe('what a person is told of a mistake', () => {
  it.each(MISTAKES)(
    '$what',
    async ({ files = {}, args = [], code, place, says, help }) => {
      const before = await tables();
      project.write(files);
      const { code: ended, stdout, stderr } = await project.run(['build', ...args]);
      for (const file of Object.keys(files)) rmSync(join(project.dir, file));
      project.write(SOUND);
      expect(stdout).toMatch(says);
      expect(stdout).toMatch(help);
      expect(stdout).toMatch(new RegExp(`at ${place}(?!\\d)`));
      expect(`${stdout}${stderr}`).not.toMatch(/^\s+at .*(?:file:\/|node:|dist\/|\.js:)/m);
      expect(`${stdout}${stderr}`).not.toContain('wrong-secret');
      expect(ended).toBe(code);
      expect(await tables()).toEqual(before);
    },
    60_000,
  );

  it('names no line twice for one mistake', async () => {
    project.write({ 'macros/twice.sql': '{% macro twice(column) %}\n  {% if %}\n{% endmacro %}\n' });
    const { stdout } = await project.run(['parse']);
    project.write(SOUND);
    expect(stdout.match(/Expected an expression/g)).toHaveLength(1);
  }, 60_000);
});

/** Answers as ClickHouse does to whoever has the wrong password; the private server has but one user. */
function refusing(): Promise<Server> {
  const text =
    'Code: 516. DB::Exception: guest: Authentication failed: password is incorrect, or there is no user with such name. (AUTHENTICATION_FAILED) (version 25.8.1.1)';
  const made = createServer((request, response) => {
    request.resume();
    response.writeHead(403, { 'x-clickhouse-exception-code': '516' }).end(text);
  });
  return new Promise((resolve) => made.listen(0, '127.0.0.1', () => resolve(made)));
}

async function tables(): Promise<unknown> {
  return [
    await project.rows(
      'select database, name, engine from system.tables where database = currentDatabase() order by name',
    ),
    await project.rows('select * from orders'),
    await project.rows('select * from report'),
  ];
}
