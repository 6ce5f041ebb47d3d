/** The named characters of Latin 1, from U+00A0 on; HTML knows them without a semicolon too. */
const LATIN =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';

const LOOSE: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['AMP', '&'],
  ['LT', '<'],
  ['GT', '>'],
  ['QUOT', '"'],
  ...LATIN.split(' ').map((name, i) => [name, String.fromCharCode(0xa0 + i)] as const),
]);

const STRICT: ReadonlyMap<string, string> = new Map(
  Object.entries({
    apos: "'",
    euro: '€',
    hellip: '…',
    ndash: '–',
    mdash: '—',
    lsquo: '‘',
    rsquo: '’',
    sbquo: '‚',
    ldquo: '“',
    rdquo: '”',
    bdquo: '„',
    laquo: '«',
    bull: '•',
    trade: '™',
    larr: '←',
    uarr: '↑',
    rarr: '→',
    darr: '↓',
    le: '≤',
    ge: '≥',
    ne: '≠',
    infin: '∞',
    minus: '−',
    tab: '\t',
    Tab: '\t',
    NewLine: '\n',
    thinsp: '\u2009',
    ensp: '\u2002',
    emsp: '\u2003',
    zwj: '\u200d',
    zwnj: '\u200c',
    alpha: 'α',
    beta: 'β',
    pi: 'π',
    Omega: 'Ω',
    check: '✓',
  }),
);

/** What browsers take the numbers 128 to 159 for: Windows' characters. */
const WINDOWS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

const REFERENCE = /&(#\d+;?|#[xX][\da-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)/g;

/** Python's html.unescape, for the names that are in use. */
export function unescapeHtml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(REFERENCE, (all, inside: string) =>
    inside.startsWith('#') ? numbered(inside.replace(';', '')) : (named(inside) ?? all),
  );
}

function numbered(inside: string): string {
  const hex = inside[1] === 'x' || inside[1] === 'X';
  const code = Number.parseInt(inside.slice(hex ? 2 : 1), hex ? 16 : 10);
  if (code >= 0x80 && code <= 0x9f) return WINDOWS[code - 0x80]!;
  if (code === 0 || (code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) return '\ufffd';
  const isControl = (code < 0x20 && ![9, 10, 12, 13].includes(code)) || code === 0x7f || code === 0xb;
  const isNoCharacter = (code & 0xfffe) === 0xfffe || (code >= 0xfdd0 && code <= 0xfdef);
  return isControl || isNoCharacter ? '' : String.fromCodePoint(code);
}

function named(inside: string): string | undefined {
  const name = inside.replace(';', '');
  const whole = LOOSE.get(name) ?? (inside.endsWith(';') ? STRICT.get(name) : undefined);
  if (whole !== undefined) return whole;
  for (let length = name.length - 1; length > 1; length--) {
    const found = LOOSE.get(name.slice(0, length));
    if (found !== undefined) return found + inside.slice(length);
  }
  return undefined;
}
