/**
 * The queries of a materialized-view model: `--name:begin` … `--name:end` marks one view's query; without marks the whole
 * text is the view `mv`.
 */
export function splitViews(sql: string): ReadonlyMap<string, string> {
  const views = new Map<string, string>();
  for (const [, name] of sql.matchAll(/--\s?([^:\s]+):begin/g)) {
    if (name === undefined) continue;
    const begin = sql.search(new RegExp(`--\\s?${escaped(name)}:begin`));
    const end = sql.search(new RegExp(`--\\s?${escaped(name)}:end`));
    if (end < begin) continue;
    views.set(name, sql.slice(sql.indexOf(':begin', begin) + ':begin'.length, end));
  }
  return views.size > 0 ? views : new Map([['mv', sql]]);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

export interface TableName {
  readonly schema: string;
  readonly identifier: string;
}

/** The table named by the comment `materialization_target_table: …`; undefined where there is none or no schema in it. */
export function viewTarget(sql: string): TableName | undefined {
  const name = /--\s*materialization_target_table:\s*(.+?)\s*$/m.exec(sql)?.[1];
  const parts = /^(`(?:[^`\\]|\\.)+`|"[^"]+"|[^.]+)\.(.+)$/.exec(name ?? '');
  if (parts === null) return undefined;
  return { schema: unquoted(parts[1] ?? ''), identifier: unquoted(parts[2] ?? '') };
}

function unquoted(name: string): string {
  const bare = name.trim();
  return /^[`"'].*[`"']$/s.test(bare) ? bare.slice(1, -1).replace(/\\(.)/g, '$1') : bare;
}
