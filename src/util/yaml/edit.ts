import type { Node } from 'yaml';
import { yamlPackage } from './document.ts';

type Entry = Readonly<Record<string, unknown>>;

/** The text with one more entry in the list under `key`, without those that `keeps` refuses; comments and all else stay. */
export function withEntry(text: string, key: string, added: Entry, keeps: (entry: Entry) => boolean): string {
  const { isSeq, parseDocument } = yamlPackage();
  const document = parseDocument(text.trim() === '' ? `${key}: []\n` : text);
  if (!isSeq(document.get(key))) document.set(key, document.createNode([]));
  const list = document.get(key);
  if (!isSeq<Node>(list)) return text;
  list.items = [...list.items.filter((item) => keeps(item.toJS(document) as Entry)), document.createNode(added)];
  list.flow = false;
  return document.toString({ lineWidth: 0 });
}
