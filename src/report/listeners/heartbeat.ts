import type { NodeInfo } from '../../model/index.ts';
import { duration } from '../duration.ts';
import type { Listener } from '../listener.ts';

/** Under a CI system a silent half minute looks like a hang: then what still runs is said, on stderr. */
export function createHeartbeat(write: (text: string) => void, everyMs = 30_000): Listener {
  const running = new Map<string, { readonly name: string; readonly since: number }>();
  let timer: NodeJS.Timeout | undefined;
  const say = (): void => {
    const now = Date.now();
    const longest = [...running.values()].sort((a, b) => a.since - b.since).slice(0, 3);
    if (longest.length > 0) {
      write(`still running: ${longest.map(({ name, since }) => `${name} ${duration(now - since)}`).join(', ')}\n`);
    }
  };
  return {
    hear({ name, data }, at) {
      if (name !== 'NodeStart' && name !== 'NodeFinished') return;
      const info = data['node_info'] as NodeInfo;
      if (name === 'NodeStart') running.set(info.unique_id, { name: info.node_name, since: at.getTime() });
      else running.delete(info.unique_id);
      timer ??= setInterval(say, everyMs).unref();
      if (name === 'NodeFinished') timer.refresh();
    },
    close: () => clearInterval(timer),
  };
}
