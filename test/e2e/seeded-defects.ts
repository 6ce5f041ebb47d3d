/** A place of a file, as a finding names it. */
export interface Planted {
  /** The file's text with the defect in it. */
  readonly text: string;
  /** Where the defect begins in it. */
  readonly offset: number;
  readonly code: string;
}

/** Plants a defect of one kind; undefined where the text has no place for it. `pick` gives a whole number below its argument. */
export type Planter = (text: string, pick: (below: number) => number) => Planted | undefined;

/** Templates, strings, comments and numbers as blanks: what is left is SQL's own words. */
function bare(sql: string): string {
  const hidden = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|\{#[\s\S]*?#\}|'(?:[^'\\]|\\.)*'|--[^\n]*|\b\d[\w.]*/g;
  return sql.replace(hidden, (text) => text.replace(/[^\n]/g, ' '));
}

const NO_FUNCTION =
  /^(?:in|over|as|on|using|and|or|not|values|by|from|join|when|then|else|interval|partition|select|with|where|all|distinct|rows|range)$/i;

function oneOf(matches: readonly RegExpExecArray[], pick: (below: number) => number): RegExpExecArray | undefined {
  return matches.length === 0 ? undefined : matches[pick(matches.length)];
}

function misspelled(text: string, end: number, start: number, code: string): Planted {
  return { text: `${text.slice(0, end)}_qx${text.slice(end)}`, offset: start, code };
}

/** `a.followers` -> `a.followers_qx` */
const column: Planter = (text, pick) => {
  const found = oneOf([...bare(text).matchAll(/\b[a-z]\w*\.([a-z]\w+)\b(?!\s*\()/dg)], pick);
  return found && misspelled(text, found.indices![1]![1], found.indices![1]![0], 'TSD4002');
};

/** `ifNull(` -> `ifNull_qx(` */
const functionName: Planter = (text, pick) => {
  const calls = [...bare(text).matchAll(/(?<![.\w])([a-zA-Z]\w+)\(/dg)].filter(([, name]) => !NO_FUNCTION.test(name!));
  const found = oneOf(calls, pick);
  return found && misspelled(text, found.indices![1]![1], found.indices![1]![0], 'TSD4002');
};

/** A sorting key that is no column. */
const sortingKey: Planter = (text) => {
  const found = /config\([\s\S]*?order_by='\(?/.exec(text);
  if (found === null) return undefined;
  const offset = found.index + found[0].length;
  return { text: `${text.slice(0, offset)}nowhere_qx, ${text.slice(offset)}`, offset, code: 'TSD4003' };
};

/** A sign too many. */
const syntax: Planter = (text, pick) => {
  const found = oneOf([...bare(text).matchAll(/\n {4}(from|group by|where) /dg)], pick);
  if (found === undefined) return undefined;
  const offset = found.index + 5;
  return { text: `${text.slice(0, offset)}^ ${text.slice(offset)}`, offset, code: 'TSD4002' };
};

/** A documented column under another name, in YAML. */
const documented: Planter = (text, pick) => {
  const columns = text.indexOf('    columns:');
  const end = text.indexOf('unit_tests:');
  const part = columns < 0 || text.includes('enforced: true') ? '' : text.slice(columns, end < 0 ? undefined : end);
  const found = oneOf([...part.matchAll(/- name: (\w+)/dg)], pick);
  if (found === undefined) return undefined;
  const [start, stop] = found.indices![1]!;
  return misspelled(text, columns + stop, columns + start, 'TSD4004');
};

/** `sum(x)` -> `sum([x])` */
const argumentType: Planter = (text, pick) => {
  const found = oneOf([...bare(text).matchAll(/(?<![.\w])(?:sum|avg)\(([a-z]\w*(?:\.\w+)?)\)/dg)], pick);
  if (found === undefined) return undefined;
  const [start, end] = found.indices![1]!;
  return {
    text: `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`,
    offset: found.index,
    code: 'TSD4002',
  };
};

/** An engine's version that is no column. */
const version: Planter = (text) => {
  const found = /config\((?![^)]*engine)/.exec(text);
  if (found === null || /materialized='view'/.test(text)) return undefined;
  const start = found.index + found[0].length;
  const inserted = "engine='ReplacingMergeTree(nowhere_qx)', ";
  const offset = start + inserted.indexOf('nowhere_qx');
  return { text: `${text.slice(0, start)}${inserted}${text.slice(start)}`, offset, code: 'TSD4003' };
};

/** A column that a test's arguments name. */
const testArgument: Planter = (text, pick) => {
  const found = oneOf([...text.matchAll(/\b(?:columns: \[|field: )([a-z]\w+)/dg)], pick);
  return found && misspelled(text, found.indices![1]![1], found.indices![1]![0], 'TSD4002');
};

/** A column that a unit test expects. */
const expected: Planter = (text, pick) => {
  const at = text.indexOf('unit_tests:');
  const sections = at < 0 ? [] : [...text.matchAll(/\bexpect:\s+rows:\s+- \{([a-z]\w+):/dg)];
  const found = oneOf(sections, pick);
  return found && misspelled(text, found.indices![1]![1], found.indices![1]![0], 'TSD4004');
};

/** A documented type that is another. */
const documentedType: Planter = (text, pick) => {
  if (text.includes('enforced: true')) return undefined;
  const found = oneOf([...text.matchAll(/data_type: (\w+)\n/dg)], pick);
  if (found === undefined) return undefined;
  const [offset, end] = found.indices![1]!;
  return { text: `${text.slice(0, offset)}UUID${text.slice(end)}`, offset, code: 'TSD4005' };
};

/** Kinds of defects of a model's SQL, and of its YAML. */
export const IN_SQL: readonly Planter[] = [
  column,
  functionName,
  sortingKey,
  column,
  functionName,
  syntax,
  argumentType,
  version,
];
export const IN_YAML: readonly Planter[] = [documented, testArgument, expected, documentedType];
