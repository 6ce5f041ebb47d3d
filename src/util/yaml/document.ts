import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import { TsdbtError } from '../../error/index.ts';

/** The package, loaded when a text needs it: most files are read without (see fast.ts). */
export function yamlPackage(): typeof Yaml {
  loaded ??= createRequire(import.meta.url)('yaml') as typeof Yaml;
  return loaded;
}
let loaded: typeof Yaml | undefined;

export interface YamlDocument {
  readonly document: Yaml.Document.Parsed;
  /** Line and column, from 1, of an offset. */
  readonly place: (offset: number) => { line: number; col: number };
}

/** Parses one document. Scalars stay text, as their meaning is PyYAML's. Throws TSD1002 for the first error. */
export function parseDocument(text: string, file: string): YamlDocument {
  const yaml = yamlPackage();
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, {
    version: '1.1',
    schema: 'failsafe',
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
    lineCounter: lines,
  });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), col };
  };
  const [error] = document.errors;
  if (error !== undefined) {
    throw new TsdbtError({
      code: 'TSD1002',
      message: error.message,
      at: { file, ...place(error.pos[0]) },
      hint: 'Correct the YAML there or just above: most often indentation, a missing quote or a colon within a text.',
      cause: error,
    });
  }
  return { document, place };
}
