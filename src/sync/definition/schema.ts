import type { z as Zod } from 'zod';
import { parseDuration } from '../../util/definitions.ts';

export const DEFAULT_TIMEOUTS = {
  load: '4 h',
  download: '1000 s',
  index: '4 h',
  vacuum: '50 min',
  swap: '5 min',
} as const;

/** The schema of one file under `project/syncs`. Unknown keys are mistakes. */
export function syncFileSchema(z: typeof Zod) {
  const name = z.string().regex(/^[\w-]+$/, 'a name has letters, digits, _ and - only');
  const table = z.string().regex(/^[^.]+(\.[^.]+)?$/, 'write table or schema.table');
  const share = z.number().min(0).max(1);
  const duration = z.union([z.string(), z.number()]).refine((value) => parseDuration(value) !== undefined, {
    message: 'a duration such as "4 h", "50 min" or "1000 s"',
  });
  const columnMap = z
    .record(z.string(), z.string())
    .refine((map) => Object.keys(map).length > 0, 'name at least one column');
  const column = z.strictObject({
    name: z.string().describe('Column of the target.'),
    source: z.string().describe('Column of the source, where its name is another.').optional(),
    expression: z.string().describe("SQL of ClickHouse over the source's columns.").optional(),
    type: z.string().describe('Type of Postgres.').optional(),
    invalid_text: z.enum(['fail', 'strip']).default('fail').describe('What happens to NUL bytes and broken UTF-8.'),
  });
  const sync = z.strictObject({
    name,
    description: z.string().default(''),
    source: z
      .union([z.string(), z.strictObject({ query: z.string() })])
      .describe("A model: ref('mart'); or {query: SQL of ClickHouse, with refs in braces}."),
    connection: z.string().describe('An output of profiles.yml with type: postgres.'),
    table: table.describe('The target: table or schema.table.'),
    mode: z
      .enum(['swap', 'upsert', 'append', 'mirror'])
      .default('swap')
      .describe(
        "swap: a new table takes the old one's place; upsert, append, mirror: rows go into a table that stays.",
      ),
    strategy: z
      .enum(['rename', 'view', 'partition'])
      .default('rename')
      .describe(
        'What readers know: the table itself, or a view or a partitioned table that stays the same object for good.',
      ),
    transport: z
      .union([
        z.literal('stream'),
        z.strictObject({ streams: z.number().int().min(1).max(16) }),
        z.strictObject({
          s3: z.string(),
          format: z.enum(['JSONEachRow', 'Parquet']).default('JSONEachRow'),
          path: z
            .string()
            .regex(/^[^?#]*[^?#/]$/, 'a path below the address of the s3 output')
            .optional(),
        }),
      ])
      .default('stream')
      .describe('stream: straight to COPY; {streams: n}: n COPYs of one export; {s3: output}: by way of a file.'),
    tags: z.array(z.string()).default([]),
    key: z.array(z.string()).default([]).describe('Columns of the target that tell a row.'),
    columns: z.array(column).default([]).describe('Rules for columns; all others go as they are.'),
    exclude: z.array(z.string()).default([]).describe('Columns of the source that are not sent.'),
    id: z.strictObject({ column: z.string(), sequence: table, keep_by: z.array(z.string()).default([]) }).optional(),
    enrichment: z
      .array(z.strictObject({ table, match: columnMap, when: z.string().optional(), columns: columnMap }))
      .default([]),
    indexes: z
      .array(
        z.strictObject({
          name: z.string().optional(),
          columns: z.array(z.string()).min(1),
          unique: z.boolean().default(false),
          method: z.enum(['btree', 'hash', 'gin', 'gist', 'brin']).default('btree'),
          where: z.string().optional(),
        }),
      )
      .default([]),
    guards: z
      .strictObject({
        min_rows: z.number().int().min(0).default(1),
        min_share: share.default(0.9),
        min_enriched: share.default(0),
        checks: z.enum(['full', 'none']).default('full'),
      })
      .prefault({}),
    full_swap_above: share
      .default(0.25)
      .describe('Mode upsert: the share of changed rows above which the table is swapped; 1 is never.'),
    drift: z
      .enum(['add', 'ignore', 'fail'])
      .default('fail')
      .describe('What happens to a column of the source that the target lacks.'),
    may_lose: z
      .array(z.enum(['functions', 'row_type', 'inheritance', 'materialized_views', 'others']))
      .default([])
      .describe('What a swap cannot keep and may lose.'),
    incremental: z
      .strictObject({ column: z.string(), overlap: duration.default(0) })
      .describe('Only rows above the high-water mark of this column, less the overlap.')
      .optional(),
    hooks: z
      .strictObject({ before: z.array(z.string()).default([]), after: z.array(z.string()).default([]) })
      .prefault({}),
    wait_for: z
      .strictObject({ built_within: duration, limit: duration.default('3 h') })
      .describe('How old the mart may be, and how long to wait for it.')
      .optional(),
    retry: z
      .strictObject({ times: z.number().int().min(0).max(20).default(2), delay: duration.default('2 s') })
      .prefault({}),
    timeouts: z
      .strictObject({
        load: duration.default(DEFAULT_TIMEOUTS.load),
        download: duration.default(DEFAULT_TIMEOUTS.download),
        index: duration.default(DEFAULT_TIMEOUTS.index),
        vacuum: duration.default(DEFAULT_TIMEOUTS.vacuum),
        swap: duration.default(DEFAULT_TIMEOUTS.swap),
      })
      .prefault({}),
    backup: z.strictObject({ name: table.optional(), keep: z.number().int().min(0).max(20).default(1) }).prefault({}),
  });
  return z.strictObject({ syncs: z.array(sync) });
}

export type SyncFile = Zod.output<ReturnType<typeof syncFileSchema>>;
export type SyncEntry = SyncFile['syncs'][number];
