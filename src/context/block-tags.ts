import type { BlockTag } from '../jinja/index.ts';

type Grammar = Parameters<BlockTag['parse']>[0];
type Signature = ReturnType<BlockTag['parse']>;

/** The tags dbt adds to Jinja: each defines a macro under a name of its own. */
export const DBT_BLOCKS: readonly BlockTag[] = [
  { tag: 'materialization', parse: parseMaterialization },
  { tag: 'test', parse: parseTest },
  { tag: 'data_test', parse: parseTest },
  { tag: 'docs', parse: (p) => ({ name: `dbt_docs__${p.expect('name').value}`, args: [], defaults: [] }) },
];

function parseTest(p: Grammar): Signature {
  return { name: `dbt_macro__test_${p.expect('name').value}`, ...p.parseSignature() };
}

/** `{% materialization view, adapter='clickhouse', supported_languages=['sql'] %}`; `default` stands for any adapter. */
function parseMaterialization(p: Grammar): Signature {
  const { value: name } = p.expect('name');
  let adapter = 'default';
  let languages = p.constantList(['sql']);
  while (p.skipIf('comma')) {
    const { value: word } = p.expect('name');
    if (word === 'default') continue;
    if (word !== 'adapter' && word !== 'supported_languages')
      p.fail(`materialization '${name}' received unknown argument '${word}'.`);
    p.expect('assign');
    const given = p.parseExpression();
    if (word === 'supported_languages') languages = given;
    else adapter = String((given as { value?: unknown }).value ?? p.fail('materialization: adapter must be a string'));
  }
  return { name: `dbt_macro__materialization_${name}_${adapter}`, ...p.parameter('supported_languages', languages) };
}
