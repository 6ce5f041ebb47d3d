import type { ReportOptions } from '../report/index.ts';

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
    frame: () => ({ columns: stdout.columns ?? 80, rows: stdout.rows ?? 24, unicode: isUtf8(process.env) }),
  };
}

function isUtf8(env: NodeJS.ProcessEnv): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return process.platform === 'win32' || process.platform === 'darwin' || /utf-?8/i.test(locale);
}
