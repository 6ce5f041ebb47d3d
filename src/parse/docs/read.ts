import { dbtEnvironment, explainTemplateError } from '../../context/index.ts';
import { runSync, scanBlocks, scopeOf } from '../../jinja/index.ts';
import { oneLineEnd } from '../files/source.ts';
import { stripped } from '../files/text.ts';
import { hasTemplate } from '../yaml/render.ts';

export interface DocsBlock {
  readonly name: string;
  readonly contents: string;
  readonly line: number;
}

/** The docs blocks of a markdown file. Their text may hold templates, but sees no names. Throws TSD2001, TSD2002. */
export function readDocs(text: string, file: string): readonly DocsBlock[] {
  try {
    return scanBlocks(text, { blocks: ['docs'] }).map((block) => ({
      name: block.name ?? '',
      contents: stripped(rendered(block.contents)),
      line: block.line,
    }));
  } catch (error) {
    throw explainTemplateError(error, file);
  }
}

function rendered(contents: string): string {
  if (!hasTemplate(contents)) return oneLineEnd(contents);
  return runSync(dbtEnvironment('runtime').compile(contents).render(scopeOf({})));
}
