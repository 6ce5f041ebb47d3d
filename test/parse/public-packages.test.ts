import { afterEach, describe, expect, test } from 'vitest';
import { TestProject } from './project.ts';

// What public packages do, each found where a manifest of theirs differed from dbt's (see test/compare).
const projects: TestProject[] = [];
afterEach(() => {
  for (const each of projects.splice(0)) each.remove();
});

function project(files: Readonly<Record<string, string>>): TestProject {
  const made = new TestProject(files);
  projects.push(made);
  return made;
}

describe('line ends', () => {
  test('code keeps those of its file; the text of docs has plain ones', async () => {
    const { manifest } = await project({
      'models/a.sql': 'select 1\r\nfrom x',
      'macros/m.sql': '{% macro m() %}\r\n1\r\n{% endmacro %}',
      'models/d.md': '{% docs d %}\r\none\r\ntwo\r\n{% enddocs %}',
    }).parse();
    expect(manifest.nodes['model.p.a']?.raw_code).toBe('select 1\r\nfrom x');
    expect(manifest.macros['macro.p.m']?.macro_sql).toBe('{% macro m() %}\r\n1\r\n{% endmacro %}');
    expect(manifest.docs['doc.p.d']?.block_contents).toBe('one\ntwo');
  });
});

describe('the macros of a generic test', () => {
  const above = '{% test above(model, than) %}select * from {{ model }} where x > {{ than }}{% endtest %}';

  test('those called in its arguments count only where the test itself calls them', async () => {
    const files = {
      'models/a.sql': 'select 1 as x',
      'models/a.yml': 'models: [{name: a, data_tests: [{above: {arguments: {than: "{{ ten() }}"}}}]}]',
      'macros/ten.sql': '{% macro ten() %}10{% endmacro %}',
    };
    const alone = await project({ ...files, 'macros/t.sql': above }).parse();
    expect(macrosOfTests(alone.manifest)).toEqual(['macro.p.test_above', 'macro.dbt.get_where_subquery']);
    const calling = above.replace('{% endtest', '{{ ten() }}{% endtest');
    const both = await project({ ...files, 'macros/t.sql': calling }).parse();
    expect(macrosOfTests(both.manifest)).toContain('macro.p.ten');
  });

  function macrosOfTests({ nodes }: { readonly nodes: object }): readonly string[] {
    const all = Object.values(nodes) as { resource_type: string; depends_on: { macros: readonly string[] } }[];
    return all.filter((node) => node.resource_type === 'test').flatMap((node) => node.depends_on.macros);
  }
});

describe('what packages look at', () => {
  test('a relation is a mapping, and says that it is a relation', async () => {
    const { manifest } = await project({
      'models/b.sql': 'select 1',
      'models/a.sql':
        '{% set r = ref("b") %}{{ config(alias="yes" if r is mapping and r.get("metadata").get("type").endswith("Relation") else "no") }}',
    }).parse();
    expect(manifest.nodes['model.p.a']?.alias).toBe('yes');
  });

  test('the configuration behind ref', async () => {
    const { manifest } = await project({
      'dbt_project.yml': 'name: p\nprofile: p\nversion: 2.3.4\n',
      'macros/v.sql':
        '{% macro v() %}{% set c = builtins.ref.config %}{{ return(c.project_name ~ c.dependencies["p"].version ~ c.target_name) }}{% endmacro %}',
      'models/a.sql': 'select 1 {{ config(alias=v()) }}',
    }).parse();
    expect(manifest.nodes['model.p.a']?.alias).toBe('p2.3.4dev');
  });

  test('a database of the target that ClickHouse does not have', async () => {
    const { manifest } = await project({
      'models/a.sql':
        '{% set r = api.Relation.create(database=target.database, schema="s", identifier="i") %}{{ config(alias=r.identifier) }}',
    }).parse();
    expect(manifest.nodes['model.p.a']?.alias).toBe('i');
  });

  test('regular expressions with several groups of flags in front, and prereleases without a hyphen', async () => {
    const { manifest } = await project({
      'dbt_project.yml': 'name: p\nprofile: p\nrequire-dbt-version: ">=1.6.0rc2"\n',
      'models/a.sql': '{{ config(alias=modules.re.search("(?i)(?s)(A.B)", "xa\\nb").group(1)|length|string) }}',
    }).parse();
    expect(manifest.nodes['model.p.a']?.alias).toBe('3');
  });
});

describe('settings that dbt does not write out again', () => {
  test.each([
    [
      "'a' if target.type in ['x'] else 'b'",
      "CondExpr(test=Compare(expr=Getattr(node=Name(name='target', ctx='load'), attr='type', ctx='load'), ops=[Operand(op='in', expr=List(items=[Const(value='x')]))]), expr1=Const(value='a'), expr2=Const(value='b'))",
    ],
    [
      "['a' if var('v', False) else 'b']",
      "[CondExpr(test=Call(node=Name(name='var', ctx='load'), args=[Const(value='v'), Const(value=False)], kwargs=[], dyn_args=None, dyn_kwargs=None), expr1=Const(value='a'), expr2=Const(value='b'))]",
    ],
    ["'a' ~ 'b'", "'a' ~ 'b'"],
  ])('%s', async (written, kept) => {
    const { manifest } = await project({ 'models/a.sql': `{{ config(tags=${written}) }} select 1` }).parse();
    expect(manifest.nodes['model.p.a']?.unrendered_config).toEqual({ tags: kept });
  });
});

test('a config with a space in front of its parenthesis is not read as text', async () => {
  const { manifest } = await project({
    'models/a.sql': "{{ config (meta={'a': 'b'}, alias='x' ~ 'y') }} select 1",
  }).parse();
  expect(manifest.nodes['model.p.a']?.unrendered_config).toEqual({ meta: { a: 'b' }, alias: 'xy' });
});
