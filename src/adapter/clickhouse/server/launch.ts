import { spawn } from 'node:child_process';
import { closeSync, openSync, statSync, truncateSync } from 'node:fs';
import { describeFailure } from './failure.ts';
import { logFile } from './paths.ts';
import { processFile } from './process-file.ts';
import type { StartOutcome, SupervisorOptions } from './types.ts';

const LOG_LIMIT_BYTES = 1024 * 1024;

function openLog(dataDir: string): number {
  const file = logFile(dataDir);
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES) truncateSync(file);
  return openSync(file, 'a', 0o600);
}

/** Starts a supervisor that outlives us and waits for what it says about its start. */
export function launchSupervisor(options: SupervisorOptions): Promise<StartOutcome> {
  const log = openLog(options.dataDir);
  const child = spawn(process.execPath, [processFile('supervisor'), JSON.stringify(options)], {
    cwd: options.dataDir,
    detached: true,
    stdio: ['ignore', 'pipe', log],
  });
  closeSync(log);
  child.unref();
  const { stdout } = child;
  return new Promise((resolve) => {
    let said = '';
    const failed = (text: string): void => resolve({ ok: false, ...describeFailure(text, options.dataDir) });
    child.on('error', (error) => failed(String(error)));
    stdout?.setEncoding('utf8');
    stdout?.on('data', (chunk: string) => {
      said += chunk;
    });
    stdout?.on('close', () => {
      try {
        resolve(JSON.parse(said) as StartOutcome);
      } catch {
        failed('its supervisor ended without a word');
      }
    });
  });
}
