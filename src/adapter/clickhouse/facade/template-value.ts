import { Dict, isStep, iterate, PyObject, type Step, str, Undefined, type Value } from '../../../jinja/index.ts';
import type { SettingText } from '../settings-text.ts';

/** `value[key]` of a dict, a node or a config object; undefined where there is none, and for an undefined value. */
export function field(value: Value, key: string): Value | undefined {
  if (value instanceof Dict) return value.get(key);
  if (value instanceof PyObject) return value.pyItem(key) ?? value.pyAttr(key);
  return undefined;
}

/** `config.get(key)` of the template's config object, which may be a plain dict. */
export function* configValue(config: Value, key: string): Step<Value> {
  const get = config instanceof PyObject ? config.pyAttr('get') : undefined;
  if (get === undefined) return field(config, key) ?? null;
  const value = get.call([key], new Map());
  return (isStep(value) ? yield* value : value) ?? null;
}

/** Null and what is undefined in a template are nothing. */
export function present(value: Value): boolean {
  return value !== undefined && value !== null && !(value instanceof Undefined);
}

/** The text of a value; '' for nothing. */
export function text(value: Value): string {
  return present(value) ? str(value) : '';
}

/** A dict of settings; empty for nothing. */
export function settingsMap(value: Value): ReadonlyMap<string, SettingText> {
  if (!(value instanceof Dict)) return new Map();
  return new Map([...value.entries()].map(([name, setting]) => [str(name), setting as SettingText]));
}

/** The items of a list, tuple or any other value that can be iterated; none for nothing. */
export function items(value: Value): readonly Value[] {
  return present(value) ? [...iterate(value)] : [];
}
