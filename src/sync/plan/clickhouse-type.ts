/**
 * A type of ClickHouse as `DESCRIBE` prints it, without what does not matter for a value in flight:
 * LowCardinality and SimpleAggregateFunction are peeled off, Nullable becomes a flag.
 */
export interface ClickHouseType {
  readonly name: string;
  readonly args: readonly string[];
  readonly nullable: boolean;
  /** As ClickHouse prints the type without Nullable. */
  readonly text: string;
}

/** Reads a type's text, such as `LowCardinality(Nullable(String))`. Element types stay text in `args`, to be read when asked for. */
export function parseClickHouseType(text: string): ClickHouseType {
  const trimmed = text.trim();
  const open = trimmed.indexOf('(');
  const name = open < 0 ? trimmed : trimmed.slice(0, open);
  const args = open < 0 ? [] : splitTopLevel(trimmed.slice(open + 1, -1));
  if (name === 'LowCardinality') return parseClickHouseType(args[0]!);
  if (name === 'SimpleAggregateFunction') return parseClickHouseType(args.slice(1).join(', '));
  if (name === 'Nullable') return { ...parseClickHouseType(args[0]!), nullable: true };
  return { name, args, nullable: name === 'Variant' || name === 'Dynamic', text: trimmed };
}

/** The parts between commas that stand outside of parentheses and quotes. */
function splitTopLevel(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === "'" || c === '`') i = closingQuote(text, i);
    else if (c === '(') depth += 1;
    else if (c === ')') depth -= 1;
    else if (c === ',' && depth === 0) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts;
}

function closingQuote(text: string, open: number): number {
  for (let i = open + 1; i < text.length; i++) {
    if (text[i] === '\\') i += 1;
    else if (text[i] === text[open]) return i;
  }
  return text.length;
}

const INTEGER = /^(U?)Int(8|16|32|64|128|256)$/;

/** Bits and sign of an integer type, or undefined. */
export function integerOf(type: ClickHouseType): { readonly bits: number; readonly signed: boolean } | undefined {
  const match = INTEGER.exec(type.name);
  return match ? { bits: Number(match[2]), signed: match[1] === '' } : undefined;
}

/** Digits in all and after the point of a Decimal, or undefined. */
export function decimalOf(type: ClickHouseType): { readonly precision: number; readonly scale: number } | undefined {
  if (type.name !== 'Decimal') return undefined;
  return { precision: Number(type.args[0]), scale: Number(type.args[1] ?? 0) };
}

/** Digits after the second of DateTime64 and Time64; 0 for the types without. */
export function fractionOf(type: ClickHouseType): number {
  return type.name.endsWith('64') ? Number(type.args[0] ?? 3) : 0;
}

/** Whether a type or one within it has such a name; names of elements in quotes do not count. */
export function mentions({ text }: ClickHouseType, names: RegExp): boolean {
  return names.test(text.replace(/'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/g, ''));
}

export function isFloat({ name }: ClickHouseType): boolean {
  return name === 'Float64' || name === 'Float32' || name === 'BFloat16';
}

/** Strings, and what is printed as one of a list. */
export function isText({ name }: ClickHouseType): boolean {
  return name === 'String' || name === 'FixedString' || name === 'Enum8' || name === 'Enum16' || name === 'Enum';
}
