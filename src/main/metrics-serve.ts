import { aborted } from './aborted.ts';
import { shareState } from './job-shared.ts';
import { observe, openJobs } from './job-world.ts';
import { readProject } from './open-project.ts';
import type { Request } from './request.ts';

/** `metrics serve`: how the jobs are doing, for Prometheus, until it is interrupted. */
export async function metricsServe(request: Request): Promise<number> {
  const project = await readProject(request);
  const { state, close } = await shareState(request, project, await openJobs(project));
  const { serveMetrics } = await import('../jobs/index.ts');
  try {
    const read = async (): Promise<string> => {
      await state.history.exchange?.();
      return observe(state, state.jobs, true);
    };
    const { given } = request;
    const server = await serveMetrics(read, {
      host: String(given['host'] ?? '127.0.0.1'),
      port: Number(given['port'] ?? 9464),
    });
    const msg = `Serving metrics at ${server.url}/metrics\nPress Ctrl+C to exit.`;
    request.emit({ name: 'PrintEvent', data: { msg } });
    await aborted(request.interrupted);
    await server.close();
    return 0;
  } finally {
    await close();
  }
}
