import { useEffect, useState } from 'preact/hooks';
import { addressOf } from '../data/router.ts';
import { here } from '../data/store.ts';
import { plural, seconds } from '../data/words.ts';
import { statusKind } from '../ui/basics.tsx';
import { isOutdated, liveRun } from './follow.ts';
import { type LiveRun, leftOf } from './run.ts';

/** Below the head of every page: the run that goes on, and that there is newer documentation. */
export function LiveBar() {
  const run = liveRun.value;
  return (
    <div class="live">
      {run === undefined ? null : (
        <a href={addressOf('live')}>
          <Progress run={run} />
        </a>
      )}
      {isOutdated.value ? (
        <button type="button" onClick={() => location.reload()}>
          The documentation was made anew: show it
        </button>
      ) : null}
    </div>
  );
}

/** Milliseconds since the run began, told anew every second while it goes on. */
export function useElapsed({ head, isOver }: LiveRun): number {
  const [now, tick] = useState(Date.now);
  useEffect(() => {
    if (isOver) return;
    const timer = setInterval(() => tick(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isOver]);
  return Math.max(0, now - Date.parse(head.startedAt));
}

export function Progress({ run }: { readonly run: LiveRun }) {
  const elapsed = useElapsed(run);
  const { head, ended, isOver } = run;
  const total = Math.max(head.nodes.length, ended.size);
  const bad = [...ended.values()].filter(({ status }) => statusKind(status) === 'bad').length;
  const left = isOver ? undefined : leftOf(run, here(), elapsed);
  const said = [
    isOver ? `${head.command} has ended` : `${head.command} is running`,
    `${ended.size} of ${total}`,
    ...(bad > 0 ? [`${bad} failed`] : []),
    ...(left === undefined || left < 1000 ? [] : [`about ${seconds(left / 1000)} left`]),
    ...(isOver ? ['tsdbt docs generate shows more of it'] : []),
  ];
  return (
    <>
      <progress max={total} value={ended.size} aria-label={plural(ended.size, 'node')} />
      <span class={bad > 0 ? 'bad-text' : ''}>{said.join(' · ')}</span>
    </>
  );
}
