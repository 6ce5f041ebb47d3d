import type { RunDetail } from '../../format/runs.ts';
import { chunkData } from './chunks.ts';
import { here } from './store.ts';

/** A run with its nodes by their ids. */
export type LoadedRun = Omit<RunDetail, 'ids'> & { readonly ids: readonly string[] };

export async function loadRun(id: string): Promise<LoadedRun> {
  const detail = await chunkData<RunDetail>(`run-${id}`);
  return { ...detail, ids: detail.ids.map((one) => (typeof one === 'number' ? (here().nodes[one]?.id ?? '') : one)) };
}
