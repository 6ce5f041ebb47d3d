import { mappedNode } from '../compile/index.ts';
import type { At } from '../error/index.ts';
import { isDataMap } from '../util/data.ts';
import type { Understood } from './engine.ts';
import { lint } from './lints/index.ts';
import type { Hit } from './lints/lint.ts';
import { codePlace, templatePlace } from './locate/place.ts';
import { about, type Work } from './models.ts';
import type { Finding } from './types.ts';

/** Lints of a model's query, at their places in the template; `meta: {tsdbt: {silence: [TSD4101]}}` silences a code. */
export async function lintFindings(
  work: Work,
  { tree }: Understood,
  isIncrement: boolean,
): Promise<readonly Finding[]> {
  const { input, node } = work;
  if (node.resource_type !== 'model') return [];
  const { nodes } = input.compiler.input.manifest;
  const engineOf = (relation: string): string | undefined => {
    const id = input.relations.get(relation)?.find((one) => nodes[one] !== undefined);
    const config = id === undefined ? undefined : nodes[id]?.config;
    const engine = config?.['engine'];
    // An incremental model with a unique_key replaces rows itself; the engine has none to replace.
    if (engine === undefined || engine === null || config?.['unique_key']) return undefined;
    return String(engine);
  };
  const silenced = silencedBy(node.config['meta']);
  const hits = lint({ tree, isIncrement, engineOf }).filter(({ code }) => !silenced.has(code));
  const findings: Finding[] = [];
  for (const hit of hits) {
    const { code, message, hint } = hit;
    findings.push({ ...about(work, code, message, await placeOf(work, hit), hint), severity: 'warn' });
  }
  return findings;
}

function silencedBy(meta: unknown): ReadonlySet<string> {
  const own = isDataMap(meta) ? meta['tsdbt'] : undefined;
  const codes = isDataMap(own) ? own['silence'] : undefined;
  return new Set(Array.isArray(codes) ? codes.map(String) : []);
}

async function placeOf({ input, node, session, source }: Work, { places }: Hit): Promise<At> {
  const mapped = await mappedNode(input.compiler, node, session.facade);
  for (const pattern of places) {
    const match = pattern.exec(mapped.sql);
    if (match !== null) return templatePlace(source, mapped, match.index, /^\w+/.exec(match[0])?.[0] ?? match[0]);
  }
  return codePlace(source, /$^/);
}
