import { reader, writer } from './bytes.ts';

/** What search reads beyond names: the columns and the first words of every node, by the node's index. */
export interface SearchData {
  /** Distinct names of columns. */
  readonly words: readonly string[];
  /** Columns of each node, by index of `words`. */
  readonly columns: readonly (readonly number[])[];
  readonly summaries: readonly string[];
}

export function encodeSearch(columns: readonly (readonly string[])[], summaries: readonly string[]): Uint8Array {
  const words = new Map<string, number>();
  for (const list of columns) for (const name of list) if (!words.has(name)) words.set(name, words.size);
  const to = writer();
  to.lines([...words.keys()]);
  to.unsigned(columns.length);
  for (const list of columns) {
    to.unsigned(list.length);
    let last = 0;
    for (const name of list) {
      const word = words.get(name) ?? 0;
      // A model's columns mostly follow each other in the dictionary too.
      to.signed(word - last);
      last = word + 1;
    }
  }
  to.lines(summaries);
  return to.bytes();
}

export function decodeSearch(bytes: Uint8Array): SearchData {
  const from = reader(bytes);
  const words = from.lines();
  const count = from.unsigned();
  const columns = Array.from({ length: count }, () => {
    let last = 0;
    return Array.from({ length: from.unsigned() }, () => {
      const word = last + from.signed();
      last = word + 1;
      return word;
    });
  });
  return { words, columns, summaries: from.lines() };
}
