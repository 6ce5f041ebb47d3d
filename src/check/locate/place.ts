import type { MappedSql } from '../../compile/index.ts';
import type { At } from '../../error/index.ts';

/** A node's code as it lies in its file. */
export interface Written {
  readonly file: string;
  readonly code: string;
  /** The line of the file the code begins on. */
  readonly firstLine: number;
}

/** dbt trims the code of a file and cuts blocks out of it: the first line of the file that is the code's. */
export function written(file: string, code: string, contents: string | undefined): Written {
  const start = contents?.indexOf(code) ?? -1;
  const firstLine = contents === undefined || start < 0 ? 1 : contents.slice(0, start).split('\n').length;
  return { file, code, firstLine };
}

/** The place in the template that a place in the SQL came from. */
export function templatePlace(source: Written, mapped: MappedSql, offset: number, text: string): At {
  const before = mapped.sql.slice(0, offset).split('\n');
  const line = mapped.lines[before.length - 1];
  if (line === undefined) return { file: source.file, line: source.firstLine, col: 0 };
  const nth = occurrences(before.at(-1)!, text).length;
  return { file: source.file, line: line + source.firstLine - 1, col: column(source.code, line, text, nth) };
}

/** Where the code itself says this; its first line where it does not. */
export function codePlace(source: Written, search: RegExp): At {
  const at = source.code.search(search);
  const before = source.code.slice(0, Math.max(at, 0)).split('\n');
  return {
    file: source.file,
    line: source.firstLine + before.length - 1,
    col: at < 0 ? 0 : before.at(-1)!.length + 1,
  };
}

/** The same word in the template's line, else the expression that made it; 0 where the line shows neither. */
function column(code: string, line: number, text: string, nth: number): number {
  const shown = code.split('\n')[line - 1] ?? '';
  const found = occurrences(shown, text);
  const at = found[nth] ?? found[0] ?? shown.search(/\{\{|\{%/);
  return at + 1;
}

function occurrences(line: string, text: string): number[] {
  const found: number[] = [];
  const isWord = /^\w+$/.test(text);
  for (let at = line.indexOf(text); at >= 0; at = line.indexOf(text, at + 1)) {
    const alone = !/\w/.test(line[at - 1] ?? ' ') && !/\w/.test(line[at + text.length] ?? ' ');
    if (!isWord || alone) found.push(at);
  }
  return found;
}
