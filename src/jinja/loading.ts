import { JinjaError, typeError } from './errors.ts';
import { hashKey } from './ops/hash.ts';
import { iterate } from './ops/iterate.ts';
import { str } from './ops/text.ts';
import { truth } from './ops/truth.ts';
import { isString, typeName } from './ops/types.ts';
import type { RuntimeHooks } from './runtime/table.ts';
import type { Template } from './template.ts';
import { Dict } from './values/dict.ts';
import { PyRange } from './values/range.ts';
import { Undefined } from './values/undefined.ts';

interface Loading {
  readonly options: { readonly loader?: (name: string) => string | undefined };
  readonly undefinedKind: RuntimeHooks['undefinedKind'];
  compile(source: string, at: { file?: string }): Template;
}

/** `extends`, `include` and `import`: finding the other template. */
/** Python asks for the last of the names, which not all that can be iterated can tell. */
function requireLast(names: any): void {
  if (names instanceof Dict) throw new JinjaError('KeyError', '-1');
  if (!Array.isArray(names) && !(names instanceof PyRange)) {
    throw typeError(`'${typeName(names)}' object is not subscriptable`);
  }
}

export function importTemplates(env: Loading): Pick<RuntimeHooks, 'template' | 'include' | 'imported'> {
  const load = (name: any): Template => {
    if (env.options.loader === undefined) throw typeError('no loader for this environment specified');
    if (name instanceof Undefined) name.fail();
    hashKey(name);
    const source = env.options.loader(str(name));
    if (source === undefined) throw new JinjaError('TemplateNotFound', str(name));
    return env.compile(source, { file: str(name) });
  };
  const choose = (names: any): Template => {
    const tried = truth(names) ? [...iterate(names)] : [];
    for (const name of tried) {
      try {
        return load(name);
      } catch (error) {
        if (!(error instanceof JinjaError && error.isA('TemplateNotFound'))) throw error;
      }
    }
    if (tried.length > 0) requireLast(names);
    const list = tried.map(str).join(', ');
    throw new JinjaError(
      'TemplatesNotFound',
      tried.length === 0
        ? 'Tried to select from an empty list of templates.'
        : `none of the templates given were found: ${list}`,
    );
  };
  return {
    template: (_context, name) => load(name),
    include: (_context, name, ignoreMissing) => {
      try {
        return isString(name) || name instanceof Undefined ? load(name) : choose(name);
      } catch (error) {
        if (ignoreMissing && error instanceof JinjaError && error.isA('TemplateNotFound')) return undefined;
        throw error;
      }
    },
    imported: ({ file }, module, name, line) => {
      const value = module.exports.get(name);
      if (value !== undefined) return value;
      const hint = `the template '${module.name}' (imported on line ${line}${file === undefined ? '' : ` in '${file}'`}) does not export the requested name '${name}'`;
      return new Undefined(env.undefinedKind, { hint, name });
    },
  };
}
