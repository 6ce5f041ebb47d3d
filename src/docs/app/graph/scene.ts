import type { Camera, Size } from './camera.ts';
import type { Drawing, Edge } from './items.ts';
import { COLUMN_ROW, type Places } from './place.ts';

/** How much of a box is drawn: a coloured bar, or a box with its name. */
export type Level = 'bars' | 'boxes';

export const levelAt = (scale: number): Level => (scale < 0.34 ? 'bars' : 'boxes');

/** What lies in sight: items and edges by their place in the drawing. Pure. */
export interface Scene {
  readonly level: Level;
  readonly items: readonly number[];
  readonly edges: readonly number[];
}

/** `margin`: share of the view that is drawn beyond each of its sides, so that a pan shows no blank. */
export function sceneOf(drawing: Drawing, places: Places, camera: Camera, view: Size, margin = 0): Scene {
  const wide = view.width / camera.scale;
  const high = view.height / camera.scale;
  const left = camera.x - wide * margin;
  const right = camera.x + wide * (1 + margin);
  const top = camera.y - high * margin;
  const bottom = camera.y + high * (1 + margin);
  const { x, y, width, height } = places;
  const items: number[] = [];
  for (let item = 0; item < drawing.items.length; item++) {
    const at = x[item] as number;
    const up = y[item] as number;
    if (at < right && at + (width[item] as number) > left && up < bottom && up + (height[item] as number) > top)
      items.push(item);
  }
  const edges: number[] = [];
  drawing.edges.forEach(({ from, to }, edge) => {
    const start = (x[from] as number) + (width[from] as number);
    const end = x[to] as number;
    const a = y[from] as number;
    const b = y[to] as number;
    const far = Math.max(height[from] as number, height[to] as number);
    if (
      Math.min(start, end) < right &&
      Math.max(start, end) > left &&
      Math.min(a, b) < bottom &&
      Math.max(a, b) + far > top
    ) {
      edges.push(edge);
    }
  });
  return { level: levelAt(camera.scale), items, edges };
}

/** The two ends of an edge. */
export function endsOf(edge: Edge, { x, y, width, height }: Places): readonly [number, number, number, number] {
  const { from, to, fromRow, toRow } = edge;
  const middle = (item: number, row: number): number =>
    row < 0 ? (y[item] as number) + (height[item] as number) / 2 : rowMiddle(y[item] as number, row);
  return [(x[from] as number) + (width[from] as number), middle(from, fromRow), x[to] as number, middle(to, toRow)];
}

export const rowMiddle = (top: number, row: number): number => top + 30 + row * COLUMN_ROW + COLUMN_ROW / 2;

/** The box at a point of the drawing, and the row of it, or -1. */
export function hit(
  drawing: Drawing,
  { x, y, width, height }: Places,
  px: number,
  py: number,
): readonly [item: number, row: number] {
  for (let item = 0; item < drawing.items.length; item++) {
    const left = x[item] as number;
    const top = y[item] as number;
    if (px < left || px > left + (width[item] as number) || py < top || py > top + (height[item] as number)) continue;
    const row = Math.floor((py - top - 30) / COLUMN_ROW);
    return [item, row >= 0 && row < (drawing.items[item]?.rows.length ?? 0) ? row : -1];
  }
  return [-1, -1];
}

/** The edge between columns that passes within `reach` of a point of the drawing, or -1. */
export function hitEdge({ edges }: Drawing, places: Places, px: number, py: number, reach: number): number {
  let best = -1;
  let least = reach;
  edges.forEach((edge, at) => {
    if (edge.toRow < 0) return;
    const [x1, y1, x2, y2] = endsOf(edge, places);
    const bend = bendOf(x1, x2);
    for (let step = 0; step <= STEPS; step++) {
      const t = step / STEPS;
      const [a, b, c, d] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
      const x = a * x1 + b * (x1 + bend) + c * (x2 - bend) + d * x2;
      const distance = Math.hypot(px - x, py - ((a + b) * y1 + (c + d) * y2));
      if (distance > least) continue;
      least = distance;
      best = at;
    }
  });
  return best;
}

const STEPS = 40;

/** How far an edge goes straight on at both ends. */
export const bendOf = (x1: number, x2: number): number => Math.max(24, Math.abs(x2 - x1) / 2);

/** The nearest box in a direction: what an arrow key goes to. -1 where there is none. */
export function nearest({ x, y, width, height }: Places, from: number, key: string): number {
  const middle = (item: number): readonly [number, number] => [
    (x[item] as number) + (width[item] as number) / 2,
    (y[item] as number) + (height[item] as number) / 2,
  ];
  const [ax, ay] = middle(from);
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let item = 0; item < x.length; item++) {
    if (item === from) continue;
    const [bx, by] = middle(item);
    const [dx, dy] = [bx - ax, by - ay];
    const isVertical = key === 'ArrowUp' || key === 'ArrowDown';
    const ahead = { ArrowRight: dx, ArrowLeft: -dx, ArrowDown: dy, ArrowUp: -dy }[key] ?? 0;
    if (ahead < 4) continue;
    const aside = Math.abs(isVertical ? dx : dy);
    const distance = ahead + aside * (isVertical ? 4 : 1.5);
    if (distance < least) {
      least = distance;
      best = item;
    }
  }
  return best;
}

/** Everything above and below an item, itself included, with the edges between: what hovering lights up. */
export function kinOf(
  drawing: Drawing,
  item: number,
): { readonly items: ReadonlySet<number>; readonly edges: ReadonlySet<number> } {
  const incoming = new Map<number, number[]>();
  const outgoing = new Map<number, number[]>();
  drawing.edges.forEach(({ from, to }, edge) => {
    (incoming.get(to) ?? incoming.set(to, []).get(to))?.push(edge);
    (outgoing.get(from) ?? outgoing.set(from, []).get(from))?.push(edge);
  });
  const items = new Set([item]);
  const edges = new Set<number>();
  const walk = (side: ReadonlyMap<number, number[]>, end: 'from' | 'to'): void => {
    const pending = [item];
    const seen = new Set(pending);
    for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
      for (const edge of side.get(one) ?? []) {
        edges.add(edge);
        const other = drawing.edges[edge]?.[end] as number;
        items.add(other);
        if (!seen.has(other)) {
          seen.add(other);
          pending.push(other);
        }
      }
    }
  };
  walk(incoming, 'from');
  walk(outgoing, 'to');
  return { items, edges };
}
