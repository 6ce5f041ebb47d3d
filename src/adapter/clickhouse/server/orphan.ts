import { isAlive, wasStartedWith } from './os-process.ts';
import { readRecord, removeRecord } from './record.ts';
import { talk } from './talk.ts';
import { waitUntil } from './wait.ts';

/** A server whose supervisor was killed ends by itself as soon as its statements have; longer than this it may not hold up a new one. */
const GRACE_MS = 2000;

/** Clears away what a supervisor that was killed left behind: its record, and its server if that still lives. */
export async function endOrphan(dataDir: string): Promise<void> {
  const record = readRecord(dataDir);
  if (record === undefined) return;
  const answer = await talk(record.socket, { op: 'status' });
  answer?.socket.destroy();
  if (answer !== undefined) return;
  const { serverPid } = record;
  const gone = (): boolean => !isAlive(serverPid);
  // The run's name is in its command line: a number that now belongs to another process is left alone.
  if (wasStartedWith(serverPid, record.id) && !(await waitUntil(gone, GRACE_MS))) {
    process.kill(serverPid, 'SIGTERM');
    if (!(await waitUntil(gone, 2000))) process.kill(serverPid, 'SIGKILL');
    await waitUntil(gone, 2000);
  }
  removeRecord(dataDir, record.id);
}
