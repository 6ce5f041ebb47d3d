import type { Cron } from '../plan/cron.ts';
import type { JobDefinition } from '../types.ts';
import { type ExportedFile, type Exporter, type ExportOptions, hardLimit, shellWord, unitName } from './types.ts';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** A service and a timer for each job. What is missed while the machine is off is not caught up. */
export const systemd: Exporter = (jobs, options) => jobs.flatMap((job) => units(job, options));

function units(job: JobDefinition, { command, dir, project }: ExportOptions): readonly ExportedFile[] {
  const name = `tsdbt-${unitName(project)}-${unitName(job.name)}`;
  const run = `${command} job run ${shellWord(job.name)}`;
  const service = `[Unit]
Description=tsdbt job ${job.name}: ${job.description.replace(/\s+/g, ' ')}

[Service]
Type=oneshot
WorkingDirectory=${escaped(dir)}
ExecStart=/usr/bin/env ${escaped(run)}
# 98: already running; 99: skip window. A oneshot's whole run is its start.
SuccessExitStatus=98 99
TimeoutStartSec=${hardLimit(job)}
KillSignal=SIGINT
TimeoutStopSec=60
EnvironmentFile=-/etc/tsdbt/${unitName(project)}.env
`;
  const timer = `[Unit]
Description=When tsdbt job ${job.name} is due

[Timer]
${calendars(job.schedule)
  .map((when) => `OnCalendar=${when}\n`)
  .join('')}AccuracySec=1s
Persistent=false

[Install]
WantedBy=timers.target
`;
  return [
    { name: `${name}.service`, text: service },
    { name: `${name}.timer`, text: timer },
  ];
}

/** systemd reads % as its own. */
function escaped(text: string): string {
  return text.replaceAll('%', '%%');
}

/** One expression, or two where either of cron's day fields is enough. */
function calendars(cron: Cron): readonly string[] {
  const time = `${list(cron.hours, 24)}:${list(cron.minutes, 60)}:00 ${cron.zone}`;
  const days = cron.days.size === 31 ? '*' : [...cron.days].join(',');
  const months = cron.months.size === 12 ? '*' : [...cron.months].join(',');
  const weekdays = cron.weekdays.size === 7 ? '' : `${[...cron.weekdays].map((day) => WEEKDAYS[day]).join(',')} `;
  if (!cron.eitherDay) return [`${weekdays}*-${months}-${days} ${time}`];
  return [`*-${months}-${days} ${time}`, `${weekdays}*-${months}-* ${time}`];
}

function list(values: readonly number[], all: number): string {
  return values.length === all ? '*' : values.map((value) => String(value).padStart(2, '0')).join(',');
}
