import type { Camera, Size } from './camera.ts';
import type { Drawing, Item } from './items.ts';
import type { Places } from './place.ts';
import { bendOf, endsOf, rowMiddle, type Scene } from './scene.ts';

/** Colours of the page, read from its style once for each theme. */
export interface Palette {
  readonly [name: string]: string;
}

/** What colour an item has, by the name of a variable of the style, and a word under its name. */
export interface Look {
  readonly color: string;
  readonly note: string;
}

export interface Picture {
  readonly drawing: Drawing;
  readonly places: Places;
  readonly looks: readonly Look[];
  readonly palette: Palette;
  readonly focus: number;
}

type Context = CanvasRenderingContext2D;

/** Draws in steps: it yields between them, so that no frame takes long. */
export function* paintScene(ctx: Context, picture: Picture, scene: Scene, camera: Camera): Generator<undefined> {
  ctx.lineWidth = 1 / Math.min(1, Math.max(0.25, camera.scale * 1.4));
  yield* paintEdges(ctx, picture, scene, camera);
  if (scene.level === 'bars')
    for (let from = 0; from < scene.items.length; from += STEP, yield)
      paintBars(ctx, picture, scene.items.slice(from, from + STEP), camera.scale);
  else for (const item of scene.items) paintBox(ctx, picture, item, camera.scale);
}

/** Puts the drawing's units under the pen. */
export function aim(ctx: Context, camera: Camera, ratio: number, dx = 0, dy = 0): void {
  const scale = camera.scale * ratio;
  ctx.setTransform(scale, 0, 0, scale, -camera.x * scale + dx * ratio, -camera.y * scale + dy * ratio);
}

export function clear(ctx: Context, view: Size, ratio: number, color?: string): void {
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  if (color === undefined) ctx.clearRect(0, 0, view.width * ratio, view.height * ratio);
  else {
    ctx.fillStyle = color;
    ctx.fillRect(0, 0, view.width * ratio, view.height * ratio);
  }
}

const STEP = 1500;

function* paintEdges(ctx: Context, picture: Picture, scene: Scene, camera: Camera): Generator<undefined> {
  const { drawing, palette } = picture;
  const kinds = new Map<string, number[]>();
  for (const edge of scene.edges) {
    const kind = drawing.edges[edge]?.kind ?? '';
    (kinds.get(kind) ?? kinds.set(kind, []).get(kind))?.push(edge);
  }
  for (const [kind, edges] of kinds) {
    ctx.strokeStyle = (kind === '' ? palette['--edge'] : palette[KIND_COLORS[kind] ?? '--edge']) ?? '';
    if (kind !== '' && kind !== 'value') ctx.setLineDash([4, 4]);
    for (let from = 0; from < edges.length; from += STEP) {
      ctx.beginPath();
      for (const edge of edges.slice(from, from + STEP)) traceEdge(ctx, picture, edge, camera.scale < 0.16);
      ctx.stroke();
      yield;
    }
    ctx.setLineDash([]);
  }
}

export const KIND_COLORS: Readonly<Record<string, string>> = {
  value: '--accent',
  join: '--t-snapshot',
  filter: '--t-exposure',
};

export function traceEdge(ctx: Context, { drawing, places }: Picture, edge: number, isStraight = false): void {
  const one = drawing.edges[edge];
  if (one === undefined) return;
  const [x1, y1, x2, y2] = endsOf(one, places);
  ctx.moveTo(x1, y1);
  if (isStraight) {
    ctx.lineTo(x2, y2);
    return;
  }
  const bend = bendOf(x1, x2);
  ctx.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
}

/** Bars without words, by colour. */
export function paintBars(
  ctx: Context,
  { places, looks, palette }: Picture,
  items: readonly number[],
  scale: number,
): void {
  const byColor = new Map<string, number[]>();
  for (const item of items) {
    const color = looks[item]?.color ?? '';
    (byColor.get(color) ?? byColor.set(color, []).get(color))?.push(item);
  }
  // A bar is never thinner than a pixel.
  const least = 1.6 / scale;
  for (const [color, alike] of byColor) {
    ctx.fillStyle = palette[color] ?? '';
    ctx.beginPath();
    for (const item of alike) {
      const height = Math.max(least, (places.height[item] as number) * 0.8);
      ctx.rect(
        places.x[item] as number,
        places.y[item] as number,
        Math.max(least * 2, places.width[item] as number),
        height,
      );
    }
    ctx.fill();
  }
}

export function paintBox(ctx: Context, picture: Picture, item: number, scale: number, isOn = false): void {
  const { drawing, places, looks, palette, focus } = picture;
  const one = drawing.items[item];
  const look = looks[item];
  if (one === undefined || look === undefined) return;
  const [x, y] = [places.x[item] as number, places.y[item] as number];
  const [width, height] = [places.width[item] as number, places.height[item] as number];
  const color = palette[look.color] ?? '';
  ctx.lineWidth = isOn || item === focus ? 2 : 1;
  ctx.fillStyle = palette['--raised'] ?? '';
  ctx.strokeStyle = isOn || item === focus ? (palette['--accent'] ?? '') : (palette['--line-strong'] ?? '');
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, 6);
  ctx.fill();
  ctx.stroke();
  ctx.fillStyle = color;
  ctx.beginPath();
  ctx.roundRect(x, y, 5, height, [6, 0, 0, 6]);
  ctx.fill();
  if (scale < 0.34) return;
  if (one.node < 0) paintGroup(ctx, picture, one, x, y, width, look);
  else paintNode(ctx, picture, one, item, look);
  paintHidden(ctx, picture, item);
}

function paintNode(ctx: Context, { places, palette }: Picture, one: Item, item: number, look: Look): void {
  const [x, y, width] = [places.x[item] as number, places.y[item] as number, places.width[item] as number];
  ctx.textBaseline = 'middle';
  ctx.font = '500 12.5px Inter, ui-sans-serif, system-ui, sans-serif';
  ctx.fillStyle = palette['--text'] ?? '';
  const room = width - 22 - (look.note === '' ? 0 : look.note.length * 6 + 6);
  ctx.fillText(shortened(ctx, one.label, room), x + 13, y + 15.5);
  if (look.note !== '') {
    ctx.font = '11px Inter, ui-sans-serif, system-ui, sans-serif';
    ctx.fillStyle = palette[look.color] ?? '';
    ctx.textAlign = 'right';
    ctx.fillText(look.note, x + width - 8, y + 15.5);
    ctx.textAlign = 'left';
  }
  ctx.font = '11.5px ui-monospace, "JetBrains Mono", Menlo, Consolas, monospace';
  ctx.fillStyle = palette['--soft'] ?? '';
  one.rows.forEach((row, at) => {
    ctx.fillText(shortened(ctx, row, width - 22), x + 15, rowMiddle(y, at));
  });
}

function paintGroup(
  ctx: Context,
  { palette }: Picture,
  one: Item,
  x: number,
  y: number,
  width: number,
  look: Look,
): void {
  ctx.textBaseline = 'middle';
  ctx.font = '600 13px Inter, ui-sans-serif, system-ui, sans-serif';
  ctx.fillStyle = palette['--text'] ?? '';
  ctx.fillText(shortened(ctx, one.label, width - 24), x + 13, y + 16);
  ctx.font = '11.5px Inter, ui-sans-serif, system-ui, sans-serif';
  ctx.fillStyle = palette['--soft'] ?? '';
  ctx.fillText(look.note, x + 13, y + 33);
}

/** How many neighbours are not drawn. */
function paintHidden(ctx: Context, { drawing, places, palette }: Picture, item: number): void {
  const [before, after] = drawing.hidden[item] ?? [0, 0];
  if (before + after === 0) return;
  const middle = (places.y[item] as number) + 15;
  ctx.font = '11px Inter, ui-sans-serif, system-ui, sans-serif';
  ctx.fillStyle = palette['--soft'] ?? '';
  if (before > 0) {
    ctx.textAlign = 'right';
    ctx.fillText(`+${before}`, (places.x[item] as number) - 5, middle);
    ctx.textAlign = 'left';
  }
  if (after > 0) ctx.fillText(`+${after}`, (places.x[item] as number) + (places.width[item] as number) + 5, middle);
}

const widths = new Map<string, string>();

/** With `…` where it is too long. Measuring is slow: what was measured is kept. */
function shortened(ctx: Context, text: string, room: number): string {
  if (text.length * 7.4 < room) return text;
  const key = `${ctx.font}|${Math.round(room)}|${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  let shown = text;
  if (ctx.measureText(text).width > room) {
    let keep = text.length;
    while (keep > 1 && ctx.measureText(`${text.slice(0, keep)}…`).width > room) keep--;
    shown = `${text.slice(0, keep)}…`;
  }
  if (widths.size > 20_000) widths.clear();
  widths.set(key, shown);
  return shown;
}
