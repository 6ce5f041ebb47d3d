import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isTsdbtError, TsdbtError } from '../../error/index.ts';
import { plainNumbers, yamlFilesIn } from '../../util/definitions.ts';
import { readYaml, type YamlFile } from '../../util/yaml.ts';
import { referenceProblems } from '../plan/references.ts';
import type { JobDefinition } from '../types.ts';
import { resolveJob } from './resolve.ts';
import { jobFileSchema } from './schema.ts';

interface LoadedJobs {
  readonly jobs: readonly JobDefinition[];
  /** Every mistake of every file, each with its place. */
  readonly problems: readonly TsdbtError[];
}

/** Reads all definitions of a folder, in the order of file names; a folder that is missing holds none. `shownDir` begins the paths in errors. */
export async function loadJobs(dir: string, shownDir: string = dir): Promise<LoadedJobs> {
  const names = await yamlFilesIn(dir);
  if (names.length === 0) return { jobs: [], problems: [] };
  const { z } = await import('zod');
  const schema = jobFileSchema(z);
  const jobs: JobDefinition[] = [];
  const problems: TsdbtError[] = [];
  for (const name of names) {
    const file = join(shownDir, name);
    try {
      const yaml = readYaml(await readFile(join(dir, name), 'utf8'), file);
      problems.push(...yaml.warnings.map(({ message, at }) => new TsdbtError({ code: 'TSD6001', message, at })));
      const parsed = schema.safeParse(plainNumbers(yaml.data) ?? { jobs: [] });
      if (!parsed.success) {
        problems.push(...parsed.error.issues.map((issue) => invalid(yaml, placeOf(issue), issue.message)));
        continue;
      }
      parsed.data.jobs.forEach((entry, i) => {
        const resolved = resolveJob(entry, parsed.data.defaults, (path) => yaml.at(['jobs', i, ...path]));
        if ('name' in resolved) jobs.push(resolved);
        else problems.push(...resolved.map(({ path, message }) => invalid(yaml, ['jobs', i, ...path], message)));
      });
    } catch (error) {
      if (!isTsdbtError(error)) throw error;
      problems.push(error);
    }
  }
  // What is between jobs is looked at when each of them is right: a job left out would be missed.
  return { jobs, problems: problems.length > 0 ? problems : referenceProblems(jobs) };
}

/** JSON Schema of one file of jobs, for editors. */
export async function jobsJsonSchema(): Promise<unknown> {
  const { z } = await import('zod');
  return z.toJSONSchema(jobFileSchema(z, { declared: true }), { io: 'input', unrepresentable: 'any' });
}

/** A key that nobody knows is where the mistake is, not the map it stands in. */
function placeOf(issue: {
  readonly path: readonly PropertyKey[];
  readonly keys?: readonly string[];
}): (string | number)[] {
  return [...(issue.path as (string | number)[]), ...(issue.keys ?? []).slice(0, 1)];
}

function invalid(yaml: YamlFile, path: readonly (string | number)[], message: string): TsdbtError {
  const shown = path.length === 0 ? '' : `${path.join('.')}: `;
  return new TsdbtError({ code: 'TSD6001', message: `${shown}${message}`, at: yaml.at(path) });
}
