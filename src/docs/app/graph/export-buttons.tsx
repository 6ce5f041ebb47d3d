import { copy, here } from '../data/store.ts';
import { mermaidOf, pngOf, save, svgOf } from './export.ts';
import type { Drawing } from './items.ts';
import type { Picture } from './paint.ts';

/** The drawing to take along. */
export function Export({
  drawing,
  picture,
}: {
  readonly drawing: Drawing;
  readonly picture: () => Picture | undefined;
}) {
  const name = `${here().head.project}-lineage`;
  const withPicture = (use: (one: Picture) => void) => (): void => {
    const one = picture();
    if (one !== undefined) use(one);
  };
  return (
    <span class="export">
      <button type="button" class="quiet" onClick={() => void copy(mermaidOf(drawing), 'Mermaid')}>
        Mermaid
      </button>
      <button
        type="button"
        class="quiet"
        onClick={withPicture((one) => save(`${name}.svg`, svgOf(one), 'image/svg+xml'))}
      >
        SVG
      </button>
      <button
        type="button"
        class="quiet"
        onClick={withPicture((one) => void pngOf(one).then((blob) => blob && save(`${name}.png`, blob)))}
      >
        PNG
      </button>
    </span>
  );
}
