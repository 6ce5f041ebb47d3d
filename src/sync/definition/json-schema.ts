import { syncFileSchema } from './schema.ts';

/** JSON Schema of the files under `project/syncs`, for editors: what a person writes, defaults left out. */
export async function syncJsonSchema(): Promise<Readonly<Record<string, unknown>>> {
  const { z } = await import('zod');
  const schema = z.toJSONSchema(syncFileSchema(z), { io: 'input', unrepresentable: 'any' });
  return { ...schema, title: 'Syncs of tsdbt: marts that are pushed to Postgres' };
}
