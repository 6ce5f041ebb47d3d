/** Numbers between 0 and 1 that are the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What people type by mistake. */
const PIECES = [
  ...[
    '',
    ' ',
    '\n',
    '\t',
    ':',
    '-',
    ',',
    "'",
    '"',
    '#',
    '|',
    '>',
    '&a',
    '*a',
    '!',
    '?',
    '%',
    '@',
    '`',
    '\\',
    '\0',
    'é',
  ],
  ...[
    'null',
    'true',
    '1',
    '1.5',
    '[]',
    '{}',
    '{a: b}',
    '[',
    ']',
    '{',
    '}',
    '- ',
    '  ',
    '{{',
    '}}',
    '{%',
    '%}',
    '{#',
    '#}',
  ],
  ...['{{ x }}', '{{ x.y.z }}', "{{ ref('nope') }}", '{% endif %}', '{% for x in y %}', '<<: ', '2026-01-01', '1_000'],
];

/** One change to a text: something cut, put in, written over, doubled, or two lines swapped. */
export function mutated(text: string, next: () => number): string {
  const at = (length: number): number => Math.floor(next() * length);
  const from = at(text.length + 1);
  const piece = PIECES[at(PIECES.length)] ?? '';
  switch (at(7)) {
    case 0:
      return text.slice(0, from);
    case 1:
      return text.slice(0, from) + text.slice(from + 1 + at(40));
    case 2:
      return text.slice(0, from) + piece + text.slice(from);
    case 3:
      return text.slice(0, from) + piece + text.slice(from + 1 + at(8));
    case 4: {
      const part = text.slice(from, from + 1 + at(60));
      return text.slice(0, from) + part + text.slice(from);
    }
    case 5:
      return swappedLines(text, next);
    default:
      return mistyped(text, next);
  }
}

function swappedLines(text: string, next: () => number): string {
  const lines = text.split('\n');
  const [a, b] = [Math.floor(next() * lines.length), Math.floor(next() * lines.length)];
  [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
  return lines.join('\n');
}

/** A word with two letters swapped, or a value of another type in its place. */
function mistyped(text: string, next: () => number): string {
  const words = [...text.matchAll(/\w{2,}/g)];
  const word = words[Math.floor(next() * words.length)];
  if (word === undefined) return `${text}x`;
  const [found] = word;
  const i = Math.floor(next() * (found.length - 1));
  const typed = found.slice(0, i) + (found[i + 1] ?? '') + (found[i] ?? '') + found.slice(i + 2);
  return text.slice(0, word.index) + typed + text.slice(word.index + found.length);
}
