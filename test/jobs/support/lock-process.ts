import { fileHistory } from '../../../src/jobs/history/file-history.ts';
import { fileLocks } from '../../../src/jobs/lock/file-lock.ts';

/** A process of the lock test: `race DIR T0` tries a lock each 20 ms, `hold DIR RUN` keeps one and writes history until it is killed. */
const [mode, dir, word] = process.argv.slice(2) as [string, string, string];
const locks = fileLocks({ dir: `${dir}/locks`, lease: 60_000, now: Date.now });
const say = (line: string): void => void process.stdout.write(`${line}\n`);

if (mode === 'race') {
  for (let round = 0; round < 100; round++) {
    while (Date.now() < Number(word) + round * 20);
    if ('lock' in (await locks.acquire(`job${round}`, `${process.pid}`))) say(String(round));
  }
} else {
  const history = fileHistory(`${dir}/history`);
  const acquired = await locks.acquire('job', word);
  if ('holder' in acquired) throw new Error(`held by ${acquired.holder.runId}`);
  for (let i = 0; ; i++) {
    history.append({
      job: 'job',
      run: `${word}-${i}`,
      at: new Date().toISOString(),
      event: 'started',
      pid: process.pid,
    });
    say(String(i));
    await acquired.lock.renew();
    await new Promise(setImmediate);
  }
}
