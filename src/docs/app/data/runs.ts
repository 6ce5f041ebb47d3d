import { type PackedRun, type RunDetail, unpackRun } from '../../format/runs.ts';
import { chunkData } from './chunks.ts';
import { here } from './store.ts';

/** A run with its nodes by their ids. */
export type LoadedRun = Omit<RunDetail, 'ids'> & { readonly ids: readonly string[] };

export async function loadRun(id: string): Promise<LoadedRun> {
  const packed = await chunkData<PackedRun>(`run-${id}`);
  const detail = unpackRun(packed, (index) => here().nodes[index]?.parents ?? []);
  return { ...detail, ids: detail.ids.map((one) => (typeof one === 'number' ? (here().nodes[one]?.id ?? '') : one)) };
}
