import type { ReportOptions } from '../report/index.ts';
import { abilitiesOf } from './abilities.ts';

/** The process's own output, as a reporter needs it. `closed` is called when the reader has gone away. */
export function createTerminal(closed: () => void): Pick<ReportOptions, 'write' | 'writeAside' | 'frame'> {
  const { stdout, stderr } = process;
  let isOpen = true;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    if (isOpen) closed();
    isOpen = false;
  });
  return {
    write: (text) => void (isOpen && stdout.write(text)),
    writeAside: (text) => void stderr.write(text),
    frame: () => ({ columns: stdout.columns ?? 80, rows: stdout.rows ?? 24, ...abilitiesOf(process.env) }),
  };
}
