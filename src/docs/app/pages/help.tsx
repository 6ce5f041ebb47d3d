import { here } from '../data/store.ts';
import { moment, typeWord } from '../data/words.ts';
import { Mark } from '../ui/basics.tsx';

export const KEYS: readonly (readonly [string, string])[] = [
  ['/ or t or Ctrl K', 'search'],
  ['g o · g l · g r', 'overview, lineage, runs'],
  ['g t · g s · g j · g h', 'tests, sources, jobs, health'],
  ['arrow keys', 'in the lineage: the nearest node'],
  ['Enter', 'open it'],
  ['[ ]', 'less, more upstream'],
  ['{ }', 'less, more downstream'],
  ['v', 'map or list'],
  ['c', 'columns in the boxes'],
  ['x', 'close the groups that were opened'],
  ['l', 'next lens'],
  ['f', 'fit the map'],
  ['y · Y', 'copy the SQL, the link'],
  ['d', 'light, dark, as the system'],
  ['Esc', 'close, back'],
];

export function Help() {
  const { head, nodes } = here();
  const types = [...new Set(nodes.map(({ type }) => type))];
  return (
    <article class="page">
      <h1>Help</h1>
      <h2>Keys</h2>
      <dl class="keys">
        {KEYS.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <h2>Search</h2>
      <p>
        Every word must match: a name, a column, a tag, a folder or the description. Filters: <code>type:model</code>{' '}
        <code>tag:daily</code> <code>path:marts</code> <code>col:followers</code> <code>owner:</code>{' '}
        <code>schema:</code> <code>status:error</code>.
      </p>
      <h2>Colours</h2>
      <ul class="legend">
        {types.map((type) => (
          <li key={type}>
            <Mark type={type} /> {typeWord(type)}
          </li>
        ))}
      </ul>
      <h2>About this site</h2>
      <p>
        Made by tsdbt {head.toolVersion} from artifacts of dbt {head.dbtVersion}, {moment(head.generatedAt)}, target{' '}
        <code>{head.target}</code>. The page asks nothing of any other host. The same data for programs:{' '}
        <code>site/core.json</code>.
      </p>
      <p class="soft">It contains Preact and its signals (MIT licence).</p>
    </article>
  );
}
