import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { theme } from '../data/store.ts';
import type { Drawing } from './items.ts';
import { type Minimap, MinimapCanvas } from './minimap.tsx';
import type { Look, Picture } from './paint.ts';
import { readPalette } from './palette.ts';
import type { Places } from './place.ts';
import { createRenderer, type Renderer } from './renderer.ts';
import { hit, hitEdge, nearest } from './scene.ts';

interface CanvasProps {
  readonly drawing: Drawing;
  readonly places: Places;
  readonly looks: readonly Look[];
  readonly focus: number;
  readonly label: string;
  readonly onOpen: (item: number, row: number) => void;
  /** A way between columns was clicked; -1: nothing was. */
  readonly onEdge: (edge: number) => void;
  readonly onReady?: (picture: Picture, renderer: Renderer) => void;
}

/** The map. What is drawn is hidden from readers of the screen: the list shows them the same, and arrow keys name each box. */
export function GraphCanvas({ drawing, places, looks, focus, label, onOpen, onEdge, onReady }: CanvasProps) {
  const box = useRef<HTMLDivElement>(null);
  const lower = useRef<HTMLCanvasElement>(null);
  const upper = useRef<HTMLCanvasElement>(null);
  const renderer = useRef<Renderer>(undefined);
  const minimap = useRef<Minimap>(undefined);
  const [active, setActive] = useState(-1);
  const palette = usePalette();
  const picture = useMemo<Picture>(
    () => ({ drawing, places, looks, palette, focus }),
    [drawing, places, looks, palette, focus],
  );
  const shown = useRef<Drawing>(undefined);

  useEffect(() => {
    const { current: low } = lower;
    const { current: up } = upper;
    if (low === null || up === null) return;
    const made = createRenderer(low, up, () => minimap.current?.moved());
    renderer.current = made;
    made.resize();
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(low);
    return () => {
      observer.disconnect();
      made.stop();
      renderer.current = undefined;
      shown.current = undefined;
    };
  }, []);

  useEffect(() => {
    renderer.current?.show(picture, shown.current === drawing);
    if (shown.current !== drawing) setActive(-1);
    shown.current = drawing;
    if (renderer.current !== undefined) onReady?.(picture, renderer.current);
  }, [picture]);

  useInput(box, renderer, { picture, setActive, onOpen, onEdge });

  const onKey = (event: KeyboardEvent): void => {
    const { current: view } = renderer;
    if (view === undefined || event.ctrlKey || event.metaKey) return;
    const { key } = event;
    if (key.startsWith('Arrow')) {
      const next = active < 0 ? Math.max(0, focus) : nearest(places, active, key);
      if (next >= 0 && next < drawing.items.length) {
        setActive(next);
        view.light(next);
        view.reveal(next);
      }
    } else if (key === 'Enter' && active >= 0) onOpen(active, -1);
    else if (key === '+' || key === '=')
      view.zoom(1.25, (box.current?.clientWidth ?? 0) / 2, (box.current?.clientHeight ?? 0) / 2);
    else if (key === '-') view.zoom(0.8, (box.current?.clientWidth ?? 0) / 2, (box.current?.clientHeight ?? 0) / 2);
    else if (key === 'f') view.fit();
    else if (key === 'Escape') {
      setActive(-1);
      view.light(-1);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const name = active < 0 ? '' : (drawing.items[active]?.label ?? '');
  return (
    <div
      ref={box}
      class="canvas"
      role="application"
      tabIndex={0}
      aria-label={`${label}. Arrow keys go from box to box, Enter opens; the list shows the same.`}
      onKeyDown={onKey}
    >
      <canvas ref={lower} aria-hidden="true" />
      <canvas ref={upper} aria-hidden="true" />
      <MinimapCanvas
        picture={picture}
        renderer={() => renderer.current}
        onReady={(map) => {
          minimap.current = map;
        }}
      />
      <span class="sr" role="status">
        {name}
      </span>
    </div>
  );
}

/** Anew where the reader, or the system, changes the colours. */
function usePalette() {
  const [version, again] = useState(0);
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const change = (): void => again((n) => n + 1);
    query.addEventListener('change', change);
    return () => query.removeEventListener('change', change);
  }, []);
  return useMemo(readPalette, [theme.value, version]);
}

type Ref<T> = { readonly current: T };

/** Mouse, touch and wheel. */
function useInput(
  box: Ref<HTMLDivElement | null>,
  renderer: Ref<Renderer | undefined>,
  given: Pick<CanvasProps, 'onOpen' | 'onEdge'> & {
    readonly picture: Picture;
    readonly setActive: (item: number) => void;
  },
): void {
  const latest = useRef(given);
  latest.current = given;
  useEffect(() => {
    const { current: element } = box;
    if (element === null) return;
    const pointers = new Map<number, readonly [number, number]>();
    let dragged = 0;
    const at = (event: MouseEvent): readonly [number, number] => {
      const { left, top } = element.getBoundingClientRect();
      return [event.clientX - left, event.clientY - top];
    };
    const inDrawing = (event: MouseEvent): readonly [x: number, y: number, scale: number] => {
      const [px, py] = at(event);
      const { x, y, scale } = renderer.current?.camera() ?? { x: 0, y: 0, scale: 1 };
      return [x + px / scale, y + py / scale, scale];
    };
    const under = (event: MouseEvent): readonly [number, number] => {
      const [x, y] = inDrawing(event);
      const { drawing, places } = latest.current.picture;
      return hit(drawing, places, x, y);
    };
    const spread = (): number => {
      const [a, b] = [...pointers.values()];
      return a === undefined || b === undefined ? 0 : Math.hypot(a[0] - b[0], a[1] - b[1]);
    };
    const down = (event: PointerEvent): void => {
      pointers.set(event.pointerId, at(event));
      element.setPointerCapture(event.pointerId);
      dragged = 0;
    };
    const move = (event: PointerEvent): void => {
      const view = renderer.current;
      const before = pointers.get(event.pointerId);
      if (before === undefined) {
        const [item] = under(event);
        view?.light(item);
        element.style.cursor = item < 0 ? 'grab' : 'pointer';
        return;
      }
      const now = at(event);
      const wasSpread = spread();
      pointers.set(event.pointerId, now);
      const [dx, dy] = [now[0] - before[0], now[1] - before[1]];
      dragged += Math.abs(dx) + Math.abs(dy);
      if (pointers.size > 1 && wasSpread > 0) view?.zoom(spread() / wasSpread, now[0], now[1]);
      else view?.pan(dx, dy);
    };
    const up = (event: PointerEvent): void => {
      const wasDown = pointers.delete(event.pointerId);
      if (!wasDown || dragged > 5 || event.type === 'pointercancel') return;
      const [item, row] = under(event);
      const { picture, setActive, onOpen, onEdge } = latest.current;
      setActive(item);
      const [x, y, scale] = inDrawing(event);
      if (item >= 0) onOpen(item, row);
      else onEdge(hitEdge(picture.drawing, picture.places, x, y, 6 / scale));
    };
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      const [px, py] = at(event);
      // A wheel or a pinch zooms; two fingers to the side pan.
      if (!event.ctrlKey && Math.abs(event.deltaX) > Math.abs(event.deltaY))
        renderer.current?.pan(-event.deltaX, -event.deltaY);
      else renderer.current?.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0016)), px, py);
    };
    const leave = (): void => renderer.current?.light(-1);
    element.addEventListener('pointerdown', down);
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', up);
    element.addEventListener('pointercancel', up);
    element.addEventListener('pointerleave', leave);
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      element.removeEventListener('pointerdown', down);
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', up);
      element.removeEventListener('pointercancel', up);
      element.removeEventListener('pointerleave', leave);
      element.removeEventListener('wheel', wheel);
    };
  }, []);
}
