import { addressOf } from '../data/router.ts';
import { here } from '../data/store.ts';
import { count, moment, plural, typeWord } from '../data/words.ts';
import { Empty, Problem } from '../ui/async.tsx';
import { Html, NodeLink, Status, statusKind, Tile } from '../ui/basics.tsx';

export function Overview() {
  const { head, nodes } = here();
  const failing = nodes.flatMap(({ status }, index) => (statusKind(status) === 'bad' ? [index] : []));
  const types = new Map<string, number>();
  for (const { type } of nodes) types.set(type, (types.get(type) ?? 0) + 1);
  const shown = ['model', 'source', 'seed', 'snapshot', 'test', 'unit_test', 'exposure', 'sync', 'metric'];
  return (
    <article class="page">
      <h1>{head.project}</h1>
      <p class="soft">
        {plural(nodes.length, 'resource')}, generated {moment(head.generatedAt)} for target <code>{head.target}</code>
      </p>
      {head.problems.map((text) => (
        <Problem key={text} text={text} />
      ))}
      {nodes.length === 0 ? <Empty>This project has no models yet.</Empty> : null}
      <div class="tiles">
        {shown.flatMap((type) => {
          const total = types.get(type);
          return total === undefined ? [] : [<Tile key={type} label={`${typeWord(type)}s`} value={count(total)} />];
        })}
      </div>
      {failing.length === 0 ? null : (
        <section>
          <h2>Failing now</h2>
          <ul class="plain-list">
            {failing.slice(0, 20).map((index) => (
              <li key={index}>
                <NodeLink index={index} /> <Status status={nodes[index]?.status ?? ''} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <Html html={head.overview} />
      <p>
        <a href={addressOf('graph')}>Lineage of the whole project →</a>
      </p>
    </article>
  );
}
