import { TsdbtError } from '../error/index.ts';
import { isDataMap } from '../util/data.ts';
import { isPeriod, momentOf, shifted, type TimeWindow } from '../util/time-window.ts';
import { readYaml } from '../util/yaml.ts';

/** What `--sample` means: `3 days` up to now, or `{start: …, end: …}`. Throws TSD9001. */
export function sampleWindow(text: string, now: Date): TimeWindow {
  const { data } = readYaml(text, '--sample');
  if (isDataMap(data)) {
    const [start, end] = [data['start'], data['end']].map((edge) => momentOf(isoOf(edge)));
    if (start === undefined || end === undefined) throw wrong(`--sample '${text}' does not name a start and an end`);
    if (start >= end) throw wrong(`--sample '${text}' ends before it starts`);
    return { start, end };
  }
  const [count, grain, ...more] = text.trim().split(/\s+/);
  if (count === undefined || grain === undefined || more.length > 0) {
    throw wrong(`Cannot load SAMPLE_WINDOW from '${text}'. Must be of form 'DAYS_INT GRAIN_SIZE'.`);
  }
  if (!/^\d+$/.test(count)) throw wrong(`Unable to convert '${count}' to an integer.`);
  const period = grain.toLowerCase().replace(/s+$/, '');
  if (!isPeriod(period)) throw wrong(`Invalid grain size '${grain}'. Must be one of hours, days, months, years.`);
  return { start: shifted(now, period, -Number(count)), end: now };
}

/** A date of YAML is boxed; its text is ISO. */
function isoOf(edge: unknown): string {
  return typeof edge === 'object' && edge !== null && 'iso' in edge ? String(edge.iso) : String(edge);
}

function wrong(message: string): TsdbtError {
  return new TsdbtError({
    code: 'TSD9001',
    message,
    hint: `Write it as --sample "3 days" or --sample "{start: 2025-01-01, end: 2025-01-08}".`,
  });
}
