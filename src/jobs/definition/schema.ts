import type { z as Zod } from 'zod';
import { parseDuration } from '../../util/definitions.ts';
import { isRate } from './post.ts';

/**
 * The schema of one file under `project/jobs`. Unknown keys are mistakes. `declared` has all kinds of steps in its shape,
 * for a JSON Schema; without it a step's mistakes are told by its kind alone.
 */
export function jobFileSchema(z: typeof Zod, { declared }: { readonly declared: boolean } = { declared: false }) {
  const name = z.string().regex(/^\w[\w-]*$/, 'a name has letters, digits, _ and - only');
  const zone = z.string().default('UTC');
  const duration = z
    .union([z.string(), z.number()])
    .refine((value) => (parseDuration(value) ?? 0) > 0, { message: 'a duration such as "4 h", "30 min" or "90 s"' });
  const words = z.union([z.string(), z.array(z.string()).min(1)]);
  const timeout = duration.optional();
  const map = z.record(z.string(), z.unknown());
  const selection = z.strictObject({
    select: words.optional(),
    exclude: words.optional(),
    selector: z.string().optional(),
    full_refresh: z.boolean().default(false),
    vars: map.optional(),
    target: z.string().optional(),
  });
  const time = z.union([z.string(), z.number()]);
  const many = z.number().int().min(1);
  /** What posts to one service have in common: a file's defaults may say it for all of them. */
  const sending = {
    to: z.string().optional(),
    batch: many.max(10_000).optional(),
    rate: z.string().refine(isRate, { message: 'rows in a time, such as "300 / min" or "5 / s"' }).optional(),
    limit: many.max(1_000_000).optional(),
    tries: many.max(20).optional(),
    answer: duration.optional(),
  };
  const post = z.strictObject({
    rows: z.string(),
    key: words,
    path: z
      .string()
      .regex(/^\/\S*$/, 'a path begins with / and has no blanks')
      .default('/'),
    name: name.optional(),
    ...sending,
  });
  const steps = [
    ...(['run', 'build', 'test', 'seed', 'snapshot'] as const).map((kind) =>
      z.strictObject({ [kind]: selection, timeout }),
    ),
    z.strictObject({ truncate: words, timeout }),
    z.strictObject({ sync: words, timeout }),
    z.strictObject({ operation: z.strictObject({ macro: z.string(), args: map.default({}) }), timeout }),
    z.strictObject({ sql: z.string(), timeout }),
    z.strictObject({ post, timeout }),
  ];
  const step: Zod.ZodType<Readonly<Record<string, unknown>>> = declared
    ? z.union(steps)
    : z.looseObject({}).superRefine((value, context) => checkStep(steps, value, context));
  const wait = z.union(
    [
      z.strictObject({ job: name, limit: duration.default('6 h') }),
      z.strictObject({ model: z.string(), within: duration, limit: duration.default('6 h') }),
    ],
    { error: 'wait for {job: NAME} or for {model: NAME, within: DURATION}, each with an optional limit' },
  );
  const schedule = z.union([z.string(), z.strictObject({ cron: z.string(), timezone: zone })]);
  const job = z.strictObject({
    name,
    description: z.string().default(''),
    schedule,
    steps: z.array(step).min(1),
    timeout: duration.optional(),
    skip: z.array(z.strictObject({ from: time, to: time, timezone: zone })).default([]),
    max_active_runs: z.literal(1).default(1),
    retry: z
      .strictObject({ times: z.number().int().min(0).max(10).default(1), delay: duration.default('5 min') })
      .prefault({}),
    wait_for: z.array(wait).default([]),
    notify: z.strictObject({ failure: z.boolean().default(true), recovery: z.boolean().default(false) }).prefault({}),
    promises: z.array(z.strictObject({ model: z.string(), within: duration })).default([]),
  });
  const defaults = z.strictObject({ timeout: duration.default('60 min'), post: z.strictObject(sending).default({}) });
  return z.strictObject({ defaults: defaults.prefault({}), jobs: z.array(job) });
}

interface StepSchema {
  readonly shape: Readonly<Record<string, unknown>>;
  safeParse(value: unknown): { readonly success: boolean; readonly error?: { readonly issues: readonly Issue[] } };
}

interface Issue {
  readonly path: PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
}

/** A step is what its first key says: its mistakes are told by that, not by all that it might have been. */
function checkStep(
  steps: readonly StepSchema[],
  value: Readonly<Record<string, unknown>>,
  context: { addIssue(issue: { code: 'custom'; message: string; path: PropertyKey[] }): void },
): void {
  const schema = steps.find((one) => Object.keys(one.shape)[0]! in value);
  if (schema === undefined) {
    const kinds = steps.map((one) => Object.keys(one.shape)[0]).join(', ');
    context.addIssue({ code: 'custom', path: [], message: `a step is one of: ${kinds}` });
    return;
  }
  for (const { path, message, keys } of schema.safeParse(value).error?.issues ?? []) {
    context.addIssue({ code: 'custom', path: [...path, ...(keys ?? []).slice(0, 1)], message });
  }
}
