/** dbt's types of macro arguments, and how many types each takes in brackets. */
const PARAMETERS: Readonly<Record<string, number>> = {
  str: 0,
  string: 0,
  bool: 0,
  int: 0,
  integer: 0,
  float: 0,
  any: 0,
  list: 1,
  dict: 2,
  optional: 1,
  relation: 0,
  column: 0,
};

/** Whether a text is a type such as `list[dict[str, any]]`. */
export function isMacroType(text: string): boolean {
  return afterType(text.replace(/[ \t]/g, '')) === '';
}

/** What follows the type a text begins with; undefined where it begins with none. */
function afterType(text: string): string | undefined {
  const name = /^[a-z]+/.exec(text)?.[0] ?? '';
  const count = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name] : undefined;
  if (count === undefined) return undefined;
  let rest: string | undefined = text.slice(name.length);
  for (let index = 0; index < count; index++) {
    if (!rest?.startsWith(index === 0 ? '[' : ',')) return undefined;
    rest = afterType(rest.slice(1));
  }
  if (count === 0) return rest;
  return rest?.startsWith(']') ? rest.slice(1) : undefined;
}
