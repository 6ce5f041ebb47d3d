import { PlainDate, WholeFloat } from './data.ts';
import { pythonJson } from './python-json.ts';

/** JSON on one line as Python's json.dumps writes it: a blank after each colon and comma, ASCII alone. */
export function spacedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spacedJson).join(', ')}]`;
  const isMap =
    typeof value === 'object' && value !== null && !(value instanceof WholeFloat || value instanceof PlainDate);
  if (!isMap) return ascii(pythonJson(value));
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([key, member]) => `${ascii(JSON.stringify(key))}: ${spacedJson(member)}`).join(', ')}}`;
}

function ascii(text: string): string {
  return text.replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
