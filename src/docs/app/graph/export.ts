import type { Drawing } from './items.ts';
import { aim, clear, type Picture, paintScene } from './paint.ts';
import { bendOf, endsOf, rowMiddle, sceneOf } from './scene.ts';

/** The drawing as text for a document: boxes and arrows of Mermaid. */
export function mermaidOf({ items, edges }: Drawing): string {
  const quoted = (text: string): string => text.replaceAll('"', '#quot;').replace(/[<>]/g, '');
  return [
    'flowchart LR',
    ...items.map(({ label, node }, at) => `  n${at}${node < 0 ? `[["${quoted(label)}"]]` : `["${quoted(label)}"]`}`),
    ...[...new Set(edges.map(({ from, to }) => `  n${from} --> n${to}`))],
    '',
  ].join('\n');
}

const safe = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The same picture as lines and texts that scale. */
export function svgOf({ drawing, places, looks, palette }: Picture): string {
  const { right, bottom } = places;
  const lines = drawing.edges.map((edge) => {
    const [x1, y1, x2, y2] = endsOf(edge, places);
    const bend = bendOf(x1, x2);
    return `<path d="M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}" fill="none" stroke="${palette['--edge']}"/>`;
  });
  const boxes = drawing.items.map(({ label, rows }, item) => {
    const [x, y, width, height] = [
      places.x[item] ?? 0,
      places.y[item] ?? 0,
      places.width[item] ?? 0,
      places.height[item] ?? 0,
    ];
    const color = palette[looks[item]?.color ?? ''] ?? '';
    return [
      `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="${palette['--raised']}" stroke="${palette['--line-strong']}"/>`,
      `<rect x="${x}" y="${y}" width="5" height="${height}" rx="2" fill="${color}"/>`,
      `<text x="${x + 13}" y="${y + 20}" font-size="12.5" fill="${palette['--text']}">${safe(label)}</text>`,
      ...rows.map(
        (row, at) =>
          `<text x="${x + 15}" y="${rowMiddle(y, at) + 4}" font-size="11" fill="${palette['--soft']}">${safe(row)}</text>`,
      ),
    ].join('');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-20 -20 ${right + 40} ${bottom + 40}" font-family="sans-serif"><rect x="-20" y="-20" width="${right + 40}" height="${bottom + 40}" fill="${palette['--bg']}"/>${lines.join('')}${boxes.join('')}</svg>\n`;
}

/** Browsers refuse canvases beyond this. */
const LONGEST = 8000;

export function pngOf(picture: Picture): Promise<Blob | null> {
  const { right, bottom } = picture.places;
  const scale = Math.min(2, LONGEST / (right + 40), LONGEST / (bottom + 40));
  const view = { width: (right + 40) * scale, height: (bottom + 40) * scale };
  const canvas = Object.assign(document.createElement('canvas'), {
    width: Math.ceil(view.width),
    height: Math.ceil(view.height),
  });
  const ctx = canvas.getContext('2d', { alpha: false }) as CanvasRenderingContext2D;
  const camera = { x: -20, y: -20, scale };
  clear(ctx, view, 1, picture.palette['--bg']);
  aim(ctx, camera, 1);
  const steps = paintScene(ctx, picture, sceneOf(picture.drawing, picture.places, camera, view), camera);
  while (steps.next().done !== true);
  return new Promise((resolve) => canvas.toBlob(resolve));
}

export function save(name: string, content: Blob | string, type = 'text/plain'): void {
  const url = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content);
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
