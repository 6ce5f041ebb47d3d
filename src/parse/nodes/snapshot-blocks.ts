import { explainTemplateError } from '../../context/index.ts';
import { scanBlocks } from '../../jinja/index.ts';
import type { CodePart } from './sql-nodes.ts';

/** The snapshot blocks of a file. Throws TSD2001. */
export function snapshotParts(text: string, file: string): readonly CodePart[] {
  try {
    return scanBlocks(text, { blocks: ['snapshot'] }).map((block) => ({
      name: block.name ?? '',
      code: block.contents,
      line: block.line - 1,
    }));
  } catch (error) {
    throw explainTemplateError(error, file);
  }
}
