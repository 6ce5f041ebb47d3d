// npm run compare:dbt [-- --write]: the reference project. npm run compare:dbt -- DIR [NAME...]: public projects below DIR.
const [first] = process.argv.slice(2);
if (first === undefined || first.startsWith('--')) {
  const { compareStir } = await import('./stir/compare.ts');
  await compareStir(first === '--write');
} else {
  await import('./public.ts');
}
