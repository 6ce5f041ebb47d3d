import { hostFunction, JinjaEnvironment, runSync, scopeOf } from '../../../src/jinja/index.ts';
import { COLUMNS, DAYS, MODEL, SMALL } from './texts.ts';

/** One engine in a process of its own: prints CPU seconds as JSON. */

interface Engine {
  compile(source: string): () => string;
}

async function tsdbt(): Promise<Engine> {
  const scope = scopeOf({
    ref: hostFunction('ref', ([name]) => `db.${name}`),
    config: hostFunction('config', () => ''),
    is_incremental: hostFunction('is_incremental', () => false),
    columns: COLUMNS,
    days: DAYS,
  });
  const env = new JinjaEnvironment();
  return {
    compile: (source) => {
      const template = env.compile(source);
      return () => runSync(template.render(scope));
    },
  };
}

async function rawNunjucks(): Promise<Engine> {
  const { default: nunjucks } = await import('nunjucks' as string);
  const env = new nunjucks.Environment(null, { autoescape: false });
  const names = {
    ref: (name: string) => `db.${name}`,
    config: () => '',
    is_incremental: () => false,
    columns: COLUMNS,
    days: DAYS,
  };
  return {
    compile: (source) => {
      const template = new nunjucks.Template(source, env, 'bench', true);
      return () => template.render(names);
    },
  };
}

function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function timed<T>(run: () => T): [number, T] {
  const began = cpu();
  const result = run();
  return [cpu() - began, result];
}

const engine = await (process.argv[2] === 'nunjucks' ? rawNunjucks() : tsdbt());
const [compile, render] = timed(() => engine.compile(MODEL));
const [first, text] = timed(render);
for (let i = 0; i < 200; i++) render();
const [again] = timed(() => {
  for (let i = 0; i < 50; i++) render();
});
const small = () => SMALL.reduce((size, source, i) => size + engine.compile(`${source}${i}`)().length, 0);
const [cold] = timed(small);
const [warm, size] = timed(() => SMALL.reduce((sum, source) => sum + engine.compile(`${source}w`)().length, 0));
console.log(JSON.stringify({ compile, first, again: again / 50, cold, warm, size, length: text.trimEnd().length }));
