// Pictures of the site's pages: node .config/run-ts.mjs test/site/screenshots.ts INDEX_HTML FOLDER [light|dark] [WIDTH] [NAME …]
// docs/site has those of the reference project, after: npm start; npx tsdbt check; npx tsdbt docs generate --state OLDER_TARGET
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch, show } from './support.ts';

const [index = 'project/target/index.html', folder = 'docs/site', colorScheme = 'light', width = '1280', ...names] =
  process.argv.slice(2);

const MART = 'model.gcc_social.mart_leaderboard';
const PAGES: Readonly<Record<string, string>> = {
  overview: '#!/overview',
  node: `#!/model/${MART}`,
  sql: `#!/model/${MART}?tab=sql`,
  column: `#!/model/${MART}?tab=columns&col=followers_rank`,
  lineage: '#!/graph',
  'lineage-focus': `#!/graph?focus=${MART}`,
  'lineage-columns': `#!/graph?focus=${MART}&up=1&down=1&cols=1`,
  'lineage-column': `#!/graph?focus=${MART}&col=followers_rank`,
  runs: '#!/runs',
  run: '#!/run/LAST',
  'run-diff': '#!/run/BEFORE..LAST',
  changes: '#!/changes',
  tests: '#!/tests',
  sources: '#!/sources',
  jobs: '#!/jobs',
  job: '#!/job/dbt_core',
  syncs: '#!/syncs',
  sync: '#!/sync/sync.gcc_social.leaderboard',
  health: '#!/health',
  help: '#!/help',
};

const browser = await launch();
const page = await (
  await browser.newContext({
    viewport: { width: Number(width), height: Number(width) < 500 ? 700 : 800 },
    colorScheme: colorScheme as 'light' | 'dark',
    reducedMotion: 'reduce',
  })
).newPage();
const base = pathToFileURL(resolve(index)).href;
await show(page, base, '#!/runs');
const runs = await page
  .locator('.grid a[href^="#!/run/"]')
  .evaluateAll((links) => links.map((link) => link.getAttribute('href')?.slice('#!/run/'.length) ?? ''));
for (const [name, hash] of Object.entries(PAGES)) {
  if (names.length > 0 && !names.includes(name)) continue;
  await show(page, base, hash.replace('LAST', runs[0] ?? '').replace('BEFORE', runs[1] ?? ''));
  // The map is painted in steps.
  if (name.startsWith('lineage')) await page.waitForTimeout(400);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
await browser.close();
