import { addressOf } from '../data/router.ts';

/** Nothing has this address: an old link, or a node that is gone. */
export function Missing({ id }: { readonly id: string }) {
  const isBuiltIn = /^macro\.dbt(_clickhouse)?\./.test(id);
  return (
    <article class="page">
      <h1>Not in this project</h1>
      <p>
        {isBuiltIn
          ? 'This macro is built in; the site shows the project’s own: '
          : 'There is nothing by this address: '}
        <code>{id}</code>
      </p>
      <p>
        Search for its name, or go to the <a href={addressOf('overview')}>overview</a>.
      </p>
    </article>
  );
}
