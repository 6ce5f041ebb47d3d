import { useEffect, useRef } from 'preact/hooks';
import { type Picture, paintBars } from './paint.ts';
import type { Renderer } from './renderer.ts';

const [WIDTH, HEIGHT] = [180, 120];

export interface Minimap {
  /** The view has moved. */
  moved(): void;
}

interface MinimapProps {
  readonly picture: Picture;
  readonly renderer: () => Renderer | undefined;
  readonly onReady: (map: Minimap) => void;
}

/** The whole drawing, small, and what of it is in sight; hidden where that is all. */
export function MinimapCanvas({ picture, renderer, onReady }: MinimapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { places, palette } = picture;
  const scale = Math.min(WIDTH / Math.max(1, places.right), HEIGHT / Math.max(1, places.bottom));
  const size = { width: Math.ceil(places.right * scale), height: Math.ceil(places.bottom * scale) };
  useEffect(() => {
    const { current: element } = canvas;
    const ctx = element?.getContext('2d');
    if (element === null || ctx == null) return;
    const whole = Object.assign(document.createElement('canvas'), size);
    const below = whole.getContext('2d') as CanvasRenderingContext2D;
    below.fillStyle = palette['--panel'] ?? '';
    below.fillRect(0, 0, size.width, size.height);
    below.setTransform(scale, 0, 0, scale, 0, 0);
    paintBars(below, picture, [...picture.drawing.items.keys()], scale);
    const moved = (): void => {
      const view = renderer();
      if (view === undefined) return;
      const { x, y, width, height } = view.sight();
      element.hidden = x <= 0 && y <= 0 && x + width >= places.right && y + height >= places.bottom;
      ctx.drawImage(whole, 0, 0);
      ctx.strokeStyle = palette['--accent'] ?? '';
      ctx.lineWidth = 2;
      ctx.strokeRect(x * scale, y * scale, width * scale, height * scale);
    };
    onReady({ moved });
    moved();
  }, [picture]);
  const go = (event: PointerEvent): void => {
    event.stopPropagation();
    if (event.buttons === 0) return;
    const { left, top } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    renderer()?.lookAt((event.clientX - left) / scale, (event.clientY - top) / scale);
  };
  return (
    <canvas
      ref={canvas}
      class="minimap"
      {...size}
      hidden
      aria-hidden="true"
      onPointerDown={go}
      onPointerMove={go}
      onPointerUp={(event) => event.stopPropagation()}
    />
  );
}
