import type { At } from '../../error/index.ts';
import { TsdbtError } from '../../error/index.ts';

/** A YAML file as plain data, and where each value of it stands. */
export interface YamlFile {
  readonly data: unknown;
  at(path: readonly (string | number)[]): At;
}

/** Reads YAML 1.1, as dbt does. Throws TSD1002 at the first mistake. */
export async function readYaml(text: string, file: string): Promise<YamlFile> {
  const { isNode, LineCounter, parseDocument } = await import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { version: '1.1', lineCounter: lines, prettyErrors: false });
  const place = (offset: number): At => ({ file, ...lines.linePos(offset) });
  const first = document.errors[0];
  if (first) throw new TsdbtError({ code: 'TSD1002', message: first.message, at: place(first.pos[0]) });
  return {
    data: document.toJS(),
    at(path) {
      for (let length = path.length; length >= 0; length--) {
        const node = document.getIn(path.slice(0, length), true);
        if (isNode(node) && node.range) return place(node.range[0]);
      }
      return { file, line: 1, col: 1 };
    },
  };
}
