import { type HostFn, JinjaEnvironment, MarkedText, str, type Template, Tuple } from '../jinja/index.ts';
import { DBT_BLOCKS } from './block-tags.ts';

/**
 * dbt's three ways to render.
 * `parse`: bodies of nodes while parsing, where anything undefined may be called, indexed and asked for attributes;
 * `runtime`: macros always, bodies while executing; `native`: YAML values and test arguments, which keep their type.
 */
export type EnvironmentKind = 'parse' | 'runtime' | 'native' | 'native-parse';

const made = new Map<EnvironmentKind, JinjaEnvironment>();

/** dbt's options of the template engine, in one place. One environment of each kind serves the process: it holds no values. */
export function dbtEnvironment(kind: EnvironmentKind): JinjaEnvironment {
  let environment = made.get(kind);
  if (!environment) {
    const native = kind === 'native' || kind === 'native-parse';
    environment = new JinjaEnvironment({
      undefinedKind: kind === 'parse' || kind === 'native-parse' ? 'parse' : 'default',
      native,
      macroName: dbtMacroName,
      typedSignatures: true,
      extraBlocks: DBT_BLOCKS,
      filters: typeFilters(native),
    });
    made.set(kind, environment);
  }
  return environment;
}

/** The name a macro has inside its own template, so that it hides no name of the context. */
export function dbtMacroName(name: string): string {
  return `dbt_macro__${name}`;
}

/** `as_text` and its like: they decide the type of a value in YAML, and mean nothing in SQL. */
function typeFilters(native: boolean): Readonly<Record<string, HostFn>> {
  const mark = (kind: MarkedText['mark']): HostFn =>
    native ? ([value]) => new MarkedText(str(value), kind) : ([value]) => value;
  return {
    as_text: mark('text'),
    as_bool: mark('bool'),
    as_native: mark('native'),
    as_number: mark('number'),
    is_list: ([value]) => Array.isArray(value) && !(value instanceof Tuple),
  };
}

/** A template of dbt's; the same text gives the same template. */
export function templateOf(kind: EnvironmentKind, source: string): Template {
  return dbtEnvironment(kind).compile(source);
}

/** Whether a text needs rendering at all. */
export function hasJinja(text: string): boolean {
  return /\{[{%#]|[#}%]\}/.test(text);
}
