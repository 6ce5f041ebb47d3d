/** What part of the drawing is seen: a point of it at the upper left, and how large. Pure. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const LEAST = 0.01;
const MOST = 2.5;
const MARGIN = 28;

/** Everything in sight, at most at its natural size. */
export function fit(drawing: { readonly right: number; readonly bottom: number }, view: Size): Camera {
  const wide = (view.width - 2 * MARGIN) / Math.max(1, drawing.right);
  const high = (view.height - 2 * MARGIN) / Math.max(1, drawing.bottom);
  const scale = Math.min(1, MOST, Math.max(LEAST, Math.min(wide, high)));
  return {
    scale,
    x: drawing.right / 2 - view.width / scale / 2,
    y: drawing.bottom / 2 - view.height / scale / 2,
  };
}

/** Larger or smaller around a point of the screen, which stays where it is. */
export function zoom({ x, y, scale }: Camera, factor: number, atX: number, atY: number): Camera {
  const next = Math.min(MOST, Math.max(LEAST, scale * factor));
  return { scale: next, x: x + atX / scale - atX / next, y: y + atY / scale - atY / next };
}

export function pan(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x - dx / camera.scale, y: camera.y - dy / camera.scale };
}

/** The same scale with a point of the drawing in the middle. */
export function centre({ scale }: Camera, view: Size, x: number, y: number): Camera {
  return { scale, x: x - view.width / scale / 2, y: y - view.height / scale / 2 };
}

/** Moves so that a box is in sight, and no further. */
export function reveal(
  camera: Camera,
  view: Size,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): Camera {
  const margin = 40 / camera.scale;
  const [wide, high] = [view.width / camera.scale, view.height / camera.scale];
  const within = (low: number, room: number, from: number, to: number): number => {
    if (to + margin > low + room) return to + margin - room;
    return from - margin < low ? from - margin : low;
  };
  return {
    ...camera,
    x: within(camera.x, wide, box.x, box.x + box.width),
    y: within(camera.y, high, box.y, box.y + box.height),
  };
}
