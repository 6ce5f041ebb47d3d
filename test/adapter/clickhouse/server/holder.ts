/**
 * A process that holds a lease and works: prints its server, then a dot for each statement that succeeded, and ends,
 * releasing, when its standard input does. Argument: the data directory.
 */
import { ensureServer, openDriver } from '../../../../src/adapter/index.ts';

const dataDir = process.argv[2] ?? '';
let asked = false;
process.stdin.on('end', () => {
  asked = true;
});
process.stdin.resume();
try {
  const server = await ensureServer({ dataDir, label: 'holder', lingerMs: 1000 });
  const driver = await openDriver({ ...server, schema: 'main' }, { singleServer: true });
  void server.lost.then(() => process.stdout.write('lost\n'));
  process.stdout.write(`${JSON.stringify({ port: server.port, password: server.password })}\n`);
  while (!asked) {
    await driver.query('SELECT sleep(0.02)');
    process.stdout.write('.\n');
  }
  await driver.close();
  await server.release();
} catch (error) {
  const { message, hint, code } = error as { message: string; hint?: string; code?: string };
  process.stdout.write(`${JSON.stringify({ error: message, hint, code })}\n`);
}
