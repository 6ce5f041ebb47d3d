import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { literal, quoteName } from '../../../../src/adapter/clickhouse/driver/literal.ts';
import type { Driver } from '../../../../src/adapter/index.ts';
import { driverOnServer } from '../private-server.ts';

let driver: Driver;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ driver, close } = await driverOnServer());
});
afterAll(() => close());

// Lone surrogates are no text: they cannot be sent.
const anyText = fc.string({ unit: 'binary' }).map((s) => Buffer.from(s).toString());
const awkward = fc.string({
  unit: fc.constantFrom("'", '\\', '`', '"', '\n', '\r', '\t', '\0', 'n', '1', '9', 'é', '😀'),
});
const bits = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

test('any text, and any number, comes back from the server as it was sent', async () => {
  const column = fc.tuple(fc.oneof(anyText, awkward), bits, fc.double({ noDefaultInfinity: false }));
  await fc.assert(
    fc.asyncProperty(fc.array(column, { minLength: 1, maxLength: 20 }), async (values) => {
      const tuples = values.map(([t, n, f]) => `(${literal(t)}, toInt64('${n}'), toFloat64('${f}'))`);
      const { rows } = await driver.query(`SELECT t.1, t.2, t.3 FROM (SELECT arrayJoin([${tuples.join(', ')}]) AS t)`);
      const exact = rows.map(([t, n, f]) => [t, BigInt(n as bigint), f]);
      expect(exact).toEqual(values.map(([t, n, f]) => [t, n, f === 0 ? 0 : f]));
    }),
    { numRuns: 60 },
  );
});

test('any name is a name', async () => {
  await fc.assert(
    fc.asyncProperty(awkward, async (name) => {
      const { columns } = await driver.query(`SELECT 1 AS ${quoteName(`x${name}`)}`);
      expect(columns[0]?.name).toBe(`x${name}`);
    }),
    { numRuns: 60 },
  );
});
