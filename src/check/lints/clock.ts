import { attribute, nodesIn } from '../lineage/tree.ts';
import { type Hit, type Lint, literally, nodesOf } from './lint.ts';

const CHANCE: ReadonlySet<string> = new Set(
  'now now64 nowInBlock nowInBlock64 today yesterday rand rand32 rand64 randConstant generateUUIDv4 generateUUIDv7'.split(
    ' ',
  ),
);

/** An increment that the clock or chance picks: a run that is late or repeated picks other rows, and some never. */
export const clockInIncrement: Lint = ({ tree, isIncrement }) => {
  if (!isIncrement) return [];
  const hits = new Map<string, Hit>();
  for (const query of nodesOf(tree)) {
    if (query.kind !== 'QUERY') continue;
    for (const condition of [...nodesIn(query, 'WHERE'), ...nodesIn(query, 'PREWHERE')]) {
      for (const call of nodesOf(condition)) {
        const name = attribute(call, 'function_name') ?? '';
        if (call.kind !== 'FUNCTION' || !CHANCE.has(name)) continue;
        hits.set(name, {
          code: 'TSD4105',
          message: `${name}() decides which rows are added: a late or repeated run adds others`,
          hint: 'Compare with what the table has, `select max(…) from {{ this }}`, or with a var that the scheduler gives.',
          places: [new RegExp(`\\b${literally(name)}\\s*\\(`, 'i'), new RegExp(`\\b${literally(name)}\\b`, 'i')],
        });
      }
    }
  }
  return [...hits.values()];
};
