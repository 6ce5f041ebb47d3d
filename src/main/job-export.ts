import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ExportFormat } from '../jobs/index.ts';
import { jobNamed, openJobs } from './job-world.ts';
import { readProject } from './open-project.ts';
import type { Request } from './request.ts';

/** `job export`: what a scheduler needs to start the jobs, printed, or written into a folder. */
export async function jobExport(request: Request, names: readonly string[]): Promise<number> {
  const project = await readProject(request);
  const { jobs } = await openJobs(project);
  const { EXPORTERS } = await import('../jobs/index.ts');
  const { given } = request;
  const chosen = names.length === 0 ? jobs : names.map((name) => jobNamed(jobs, name));
  const files = EXPORTERS[(given['format'] ?? 'crontab') as ExportFormat](chosen, {
    command: String(given['command'] ?? 'npx tsdbt'),
    dir: resolve(String(given['run_dir'] ?? project.root.root)),
    image: String(given['image'] ?? 'node:20'),
    project: project.root.name,
  });
  const folder = given['output_dir'];
  for (const { name, text } of files) {
    if (folder === undefined) {
      const title = files.length === 1 ? '' : `# --- ${name}\n`;
      request.emit({ name: 'PrintEvent', data: { msg: `${title}${text.trimEnd()}` } });
      continue;
    }
    const path = join(resolve(request.cwd, String(folder)), name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    request.emit({ name: 'PrintEvent', data: { msg: path } });
  }
  return 0;
}
