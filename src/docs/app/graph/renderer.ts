import { type Camera, centre, fit, pan, reveal, type Size, zoom } from './camera.ts';
import { aim, clear, type Picture, paintBox, paintScene, traceEdge } from './paint.ts';
import { kinOf, sceneOf } from './scene.ts';

/**
 * Draws a picture on two canvases: the lower has the picture, the upper what is lit. The lower is painted into a bitmap, in steps that fit a
 * frame; until the next one is done, the last one is moved and scaled, so that a hand that drags never waits.
 */
export interface Renderer {
  show(picture: Picture, keepCamera: boolean): void;
  camera(): Camera;
  pan(dx: number, dy: number): void;
  zoom(factor: number, atX: number, atY: number): void;
  fit(): void;
  /** What of the drawing is in sight. */
  sight(): { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** Brings a point of the drawing into the middle. */
  lookAt(x: number, y: number): void;
  reveal(item: number): void;
  /** Lights an item up with everything above and below it; -1 for none. */
  light(item: number): void;
  resize(): void;
  stop(): void;
}

/** Milliseconds of painting in one frame. */
const BUDGET = 5;
/** Share of the view painted beyond its sides. */
const MARGIN = 0.35;
/** Beyond these, the moved bitmap looks wrong and a new one is painted at once. */
const [SMALLEST, LARGEST] = [0.7, 1.45];
const QUIET = 80;

interface Bitmap {
  readonly canvas: HTMLCanvasElement;
  camera: Camera | undefined;
}

export function createRenderer(lower: HTMLCanvasElement, upper: HTMLCanvasElement, moved: () => void): Renderer {
  const bottom = lower.getContext('2d', { alpha: false }) as CanvasRenderingContext2D;
  const top = upper.getContext('2d') as CanvasRenderingContext2D;
  let picture: Picture | undefined;
  let camera: Camera = { x: 0, y: 0, scale: 1 };
  let view: Size = { width: 1, height: 1 };
  let ratio = 1;
  let ready: Bitmap = { canvas: document.createElement('canvas'), camera: undefined };
  let next: Bitmap = { canvas: document.createElement('canvas'), camera: undefined };
  let job: Generator<undefined> | undefined;
  let lit = -1;
  let lastMove = 0;
  let frame = 0;
  let needsBitmap = false;

  const wake = (): void => {
    if (frame === 0) frame = requestAnimationFrame(tick);
  };

  const begin = (): void => {
    if (picture === undefined) return;
    const wide = Math.ceil(view.width * (1 + 2 * MARGIN) * ratio);
    const high = Math.ceil(view.height * (1 + 2 * MARGIN) * ratio);
    if (next.canvas.width !== wide || next.canvas.height !== high)
      Object.assign(next.canvas, { width: wide, height: high });
    const ctx = next.canvas.getContext('2d', { alpha: false }) as CanvasRenderingContext2D;
    clear(ctx, { width: wide / ratio, height: high / ratio }, ratio, picture.palette['--bg']);
    aim(ctx, camera, ratio, view.width * MARGIN, view.height * MARGIN);
    next.camera = camera;
    needsBitmap = false;
    job = paintScene(ctx, picture, sceneOf(picture.drawing, picture.places, camera, view, MARGIN), camera);
  };

  const tick = (): void => {
    frame = 0;
    if (picture === undefined) return;
    const began = performance.now();
    if (job === undefined && needsBitmap && (ready.camera === undefined || isOff() || began - lastMove > QUIET))
      begin();
    while (job !== undefined && performance.now() - began < BUDGET) {
      if (job.next().done !== true) continue;
      job = undefined;
      [ready, next] = [next, ready];
    }
    blit();
    if (job !== undefined || needsBitmap) wake();
  };

  const isOff = (): boolean => {
    const had = ready.camera;
    if (had === undefined) return true;
    const growth = camera.scale / had.scale;
    const beyond = (low: number, was: number, room: number): boolean => Math.abs(low - was) * had.scale > room * MARGIN;
    return (
      growth < SMALLEST ||
      growth > LARGEST ||
      beyond(camera.x, had.x, view.width) ||
      beyond(camera.y, had.y, view.height)
    );
  };

  /** The last bitmap under the present camera. */
  const blit = (): void => {
    const had = ready.camera;
    clear(bottom, view, ratio, picture?.palette['--bg']);
    if (had === undefined) return;
    const growth = camera.scale / had.scale;
    const shiftX = (had.x - camera.x) * camera.scale - view.width * MARGIN * growth;
    const shiftY = (had.y - camera.y) * camera.scale - view.height * MARGIN * growth;
    // At its own size the bitmap lies on whole pixels: letters stay sharp.
    const [left, up] =
      growth === 1 ? [Math.round(shiftX * ratio), Math.round(shiftY * ratio)] : [shiftX * ratio, shiftY * ratio];
    bottom.setTransform(growth, 0, 0, growth, left, up);
    bottom.drawImage(ready.canvas, 0, 0);
  };

  const paintLight = (): void => {
    clear(top, view, ratio);
    if (picture === undefined || lit < 0) return;
    aim(top, camera, ratio);
    const { items, edges } = kinOf(picture.drawing, lit);
    top.strokeStyle = picture.palette['--accent'] ?? '';
    top.lineWidth = 1.7 / Math.max(0.3, camera.scale);
    top.beginPath();
    for (const edge of edges) traceEdge(top, picture, edge, camera.scale < 0.16);
    top.stroke();
    if (camera.scale >= 0.34) for (const item of items) paintBox(top, picture, item, camera.scale, item === lit);
    else {
      top.fillStyle = picture.palette['--accent'] ?? '';
      const least = 2.5 / camera.scale;
      for (const item of items) {
        const { x, y, width, height } = picture.places;
        top.fillRect(
          x[item] as number,
          y[item] as number,
          Math.max(least, width[item] as number),
          Math.max(least, height[item] as number),
        );
      }
    }
  };

  const move = (to: Camera): void => {
    camera = to;
    lastMove = performance.now();
    needsBitmap = true;
    if (lit >= 0) paintLight();
    moved();
    wake();
  };

  const self: Renderer = {
    show(given, keepCamera) {
      picture = given;
      job = undefined;
      if (!keepCamera) {
        camera = start(given, view);
        ready.camera = undefined;
        lit = -1;
      }
      needsBitmap = true;
      lastMove = 0;
      begin();
      paintLight();
      moved();
      wake();
    },
    camera: () => camera,
    pan: (dx, dy) => move(pan(camera, dx, dy)),
    zoom: (factor, atX, atY) => move(zoom(camera, factor, atX, atY)),
    fit: () => picture !== undefined && move(fit(picture.places, view)),
    sight: () => ({ x: camera.x, y: camera.y, width: view.width / camera.scale, height: view.height / camera.scale }),
    lookAt: (x, y) => move(centre(camera, view, x, y)),
    reveal(item) {
      const { x, y, width, height } = picture?.places ?? {};
      if (x === undefined || y === undefined || width === undefined || height === undefined) return;
      move(
        reveal(camera, view, { x: x[item] ?? 0, y: y[item] ?? 0, width: width[item] ?? 0, height: height[item] ?? 0 }),
      );
    },
    light(item) {
      if (item === lit) return;
      lit = item;
      paintLight();
    },
    resize() {
      const { clientWidth: width, clientHeight: height } = lower;
      if (width === 0 || height === 0) return;
      const isFirst = view.width <= 1;
      view = { width, height };
      ratio = Math.min(2, devicePixelRatio || 1);
      for (const canvas of [lower, upper])
        Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
      if (picture === undefined) return;
      if (isFirst) camera = start(picture, view);
      ready.camera = undefined;
      job = undefined;
      move(camera);
      paintLight();
    },
    stop() {
      cancelAnimationFrame(frame);
      picture = undefined;
    },
  };
  return self;
}

/** Everything; around a focus, at a size that can be read. */
function start({ places, focus }: Picture, view: Size): Camera {
  const all = fit(places, view);
  if (focus < 0 || all.scale >= READABLE) return all;
  const middle = (low: Float64Array, room: Float64Array): number => (low[focus] ?? 0) + (room[focus] ?? 0) / 2;
  return centre({ ...all, scale: READABLE }, view, middle(places.x, places.width), middle(places.y, places.height));
}

const READABLE = 0.9;
