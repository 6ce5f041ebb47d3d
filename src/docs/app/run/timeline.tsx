import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { LoadedRun } from '../data/runs.ts';
import { seconds } from '../data/words.ts';
import { statusKind } from '../ui/basics.tsx';
import type { Analysis } from './analysis.ts';

const LANE = 24;
const AXIS = 22;

interface TimelineProps {
  readonly detail: LoadedRun;
  readonly analysis: Analysis;
  readonly chosen: number;
  readonly choose: (node: number) => void;
}

/** Every node as a bar, a lane for each thread; the critical path stands out. The table below says the same in words. */
export function Timeline({ detail, analysis, chosen, choose }: TimelineProps) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(900);
  useEffect(() => {
    const { current: element } = box;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(Math.max(280, element.clientWidth - 18)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const { timed, path, from, to } = analysis;
  const lanes = useMemo(() => lanesOf(detail), [detail]);
  const onPath = useMemo(() => new Set(path.map(({ node }) => node)), [path]);
  const names = useMemo(
    () =>
      detail.ids.map((id) =>
        id
          .split('.')
          .slice(2)
          .join('.')
          .replace(/\.[0-9a-f]{10}$/, ''),
      ),
    [detail],
  );
  const span = Math.max(1, to - from);
  const scale = (width - 46) / span;
  const x = (at: number): number => 44 + (at - from) * scale;
  const unlocked = useMemo(
    () => (chosen < 0 ? [] : analysis.bindings.flatMap(({ on }, at) => (on === chosen ? [at] : []))),
    [chosen, analysis],
  );
  return (
    <div ref={box} class="timeline">
      <svg
        width={width}
        height={lanes.size * LANE + AXIS + 4}
        role="img"
        aria-label={`Timeline of ${detail.ids.length} nodes on ${lanes.size} threads. The table below says the same.`}
      >
        {ticksOf(span).map((at) => (
          <g key={at}>
            <line class="tick" x1={x(from + at)} x2={x(from + at)} y1={AXIS - 4} y2={lanes.size * LANE + AXIS} />
            <text class="axis" x={x(from + at)} y={12} text-anchor="middle">
              {seconds(at / 1000)}
            </text>
          </g>
        ))}
        {[...lanes].map(([thread, lane]) => (
          <text key={thread} class="axis" x={36} y={AXIS + lane * LANE + 15} text-anchor="end">
            {/^\d+$/.test(thread) ? `#${thread}` : thread.slice(0, 5)}
          </text>
        ))}
        {timed.map((one, at) => {
          const lane = lanes.get(detail.results[at]?.[1] ?? '');
          const status = detail.results[at]?.[0] ?? '';
          if (lane === undefined || one.end <= 0) return null;
          const left = x(one.start);
          const wide = Math.max(1, (one.end - one.start) * scale - 0.5);
          const classes = [
            'bar',
            `b-${statusKind(status)}`,
            onPath.has(at) ? 'critical' : '',
            at === chosen ? 'chosen' : '',
            unlocked.includes(at) ? 'unlocked' : '',
          ];
          return (
            <g
              key={at}
              class={classes.filter(Boolean).join(' ')}
              onMouseEnter={() => choose(at)}
              onClick={() => choose(at)}
            >
              <rect x={left} y={AXIS + lane * LANE + 2} width={wide} height={LANE - 5} rx={wide > 6 ? 3 : 0} />
              {wide > 54 ? (
                <text x={left + 5} y={AXIS + lane * LANE + 15.5}>
                  {(names[at] ?? '').slice(0, Math.floor((wide - 8) / 6.3))}
                </text>
              ) : null}
            </g>
          );
        })}
        {unlocked.map((at) => {
          const to_ = timed[at];
          const by = timed[chosen];
          const [a, b] = [lanes.get(detail.results[chosen]?.[1] ?? ''), lanes.get(detail.results[at]?.[1] ?? '')];
          if (to_ === undefined || by === undefined || a === undefined || b === undefined) return null;
          return (
            <path
              key={at}
              class="unlock"
              d={`M${x(by.end)} ${AXIS + a * LANE + 12}L${x(to_.start)} ${AXIS + b * LANE + 12}`}
            />
          );
        })}
      </svg>
    </div>
  );
}

/** Threads in their order; what ran on the main thread, such as hooks, first. */
function lanesOf({ results }: LoadedRun): ReadonlyMap<string, number> {
  const threads = [
    ...new Set(results.filter(([status, , , end]) => status !== 'skipped' && end > 0).map(([, thread]) => thread)),
  ];
  threads.sort((a, b) => Number(a) - Number(b) || (Number.isNaN(Number(a)) ? -1 : 1));
  return new Map(threads.map((thread, lane) => [thread, lane]));
}

const STEPS = [
  10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000,
  3_600_000,
];

function ticksOf(span: number): number[] {
  const step = STEPS.find((one) => span / one <= 8) ?? span / 6;
  return Array.from({ length: Math.floor(span / step) + 1 }, (_, at) => at * step);
}
