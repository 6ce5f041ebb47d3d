import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { jobEvent, type LineageNode, type LineageRun, nodeEvent } from '../../src/jobs/index.ts';

/** OpenLineage's `spec` folder, for instance `git clone https://github.com/OpenLineage/OpenLineage`. */
const SPEC = process.env['TSDBT_OPENLINEAGE_SPEC'] ?? join(homedir(), '.cache/openlineage');

const RUN: LineageRun = {
  namespace: 'default',
  server: 'clickhouse://localhost:8123',
  project: 'stir',
  job: 'dbt_core',
  description: 'What the search page needs.',
  runId: '7f1c0b52-2f0e-4e0a-9a55-0d4d1e4a0d11',
  producer: 'urn:tsdbt:0.1.0',
};
const NODE: LineageNode = {
  runId: '0d9d3a4c-5a35-4ad5-8e06-19f2a7c4c001',
  name: 'model.stir.mart',
  description: '',
  inputs: ['beat.account'],
  output: 'dbt.mart',
  columns: { followers: [{ table: 'beat.account', column: 'followers' }], one: [] },
  fields: [{ name: 'followers', type: 'Nullable(Int64)' }],
};
const AT = '2026-06-30T12:00:00.000Z';
const EVENTS = [
  jobEvent(RUN, 'START', AT),
  jobEvent({ ...RUN, description: '' }, 'RUNNING', AT),
  jobEvent(RUN, 'FAIL', AT, '1 of 2 did not succeed'),
  nodeEvent(RUN, NODE, 'START', AT),
  nodeEvent(RUN, NODE, 'COMPLETE', AT),
  nodeEvent(RUN, { ...NODE, columns: undefined, fields: [], output: undefined }, 'FAIL', AT, 'no <memory>'),
];

describe('lineage events', () => {
  it('name the run, its parent, and the columns with their sources', () => {
    expect(EVENTS[4]).toMatchObject({
      eventType: 'COMPLETE',
      run: { runId: NODE.runId, facets: { parent: { run: { runId: RUN.runId }, job: { name: 'stir.dbt_core' } } } },
      inputs: [{ namespace: RUN.server, name: 'beat.account' }],
      outputs: [
        {
          name: 'dbt.mart',
          facets: {
            columnLineage: {
              fields: {
                followers: { inputFields: [{ namespace: RUN.server, name: 'beat.account', field: 'followers' }] },
                one: { inputFields: [] },
              },
            },
            schema: { fields: NODE.fields },
          },
        },
      ],
    });
    expect(EVENTS[5]).toMatchObject({ run: { facets: { errorMessage: { message: 'no <memory>' } } }, outputs: [] });
  });

  it.runIf(existsSync(SPEC))('are right by OpenLineage\u2019s own schema, their facets too', () => {
    const definitions: Record<string, unknown> = {};
    for (const file of ['OpenLineage.json', ...readdirSync(join(SPEC, 'facets')).map((name) => `facets/${name}`)]) {
      if (!file.endsWith('.json')) continue;
      const text = readFileSync(join(SPEC, file), 'utf8').replace(/https:[^"#]*#\/\$defs\//g, '#/$defs/');
      Object.assign(definitions, (JSON.parse(text) as { $defs: object }).$defs);
    }
    const check = (name: string, value: unknown): void => {
      const schema = z.fromJSONSchema({ $ref: `#/$defs/${name}`, $defs: definitions } as never);
      expect(schema.safeParse(value).error?.issues ?? [], `${name} ${JSON.stringify(value)}`).toEqual([]);
    };
    expect(() => check('RunEvent', { ...EVENTS[0], run: { runId: 'x' } })).toThrow();
    for (const event of EVENTS) {
      check('RunEvent', event);
      const found = JSON.stringify(event).match(/"_schemaURL":"[^"]*"/g) ?? [];
      expect(found.length).toBeGreaterThan(0);
      const walk = (value: unknown): void => {
        if (typeof value !== 'object' || value === null) return;
        if ('_schemaURL' in value) check(String(value._schemaURL).split('/').at(-1)!, value);
        for (const inner of Object.values(value)) walk(inner);
      };
      walk(event);
    }
  });
});
