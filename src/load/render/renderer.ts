import { type At, isTsdbtError, TsdbtError } from '../../error/index.ts';
import { type Data, PlainDate } from '../../util/data.ts';
import { fillSecrets } from '../../util/env-var.ts';
import { plainRendered } from '../../util/plain-rendered.ts';
import { isTree } from '../project/package.ts';
import { type DirectCall, directCall, isTemplate } from './direct.ts';
import type { Engine } from './engine.ts';
import { type KeyPath, mapTexts, textsIn } from './map.ts';
import { configVar, envVar, type RenderScope } from './words.ts';

/** Renders all texts of `data` but those that `skip` names. Throws a problem with the place of the first text that fails. */
export async function renderData(
  data: Data,
  scope: RenderScope,
  at: (path: KeyPath) => At,
  skip: (path: KeyPath) => boolean = () => false,
): Promise<Data> {
  const isForEngine = (text: string, path: KeyPath) => isTemplate(text) && directCall(text) === null && !skip(path);
  const needsEngine = [...textsIn(data)].some(([text, path]) => isForEngine(text, path));
  const engine = needsEngine ? (await import('./engine.ts')).engineOf(scope) : undefined;
  return mapTexts(data, (text, path) => {
    if (skip(path)) return text;
    if (text instanceof PlainDate) return text.toJSON();
    if (!isTemplate(text)) return plainRendered(text);
    try {
      return renderText(text, scope, engine, isTree(path[0]));
    } catch (error) {
      // A password may look like a template by accident.
      if (scope.secrets === 'placeholder' && path.includes('password') && !isMissingVariable(error)) return text;
      throw placed(error, text, at(path));
    }
  });
}

function renderText(text: string, scope: RenderScope, engine: Engine | undefined, inSetting: boolean): Data {
  const direct = directCall(text);
  const rendered = direct === null ? (engine as Engine).render(text, inSetting) : callDirectly(direct, scope);
  return typeof rendered === 'string' && scope.secrets === 'placeholder' ? fillSecrets(rendered, scope.env) : rendered;
}

function callDirectly({ word, name, fallback }: DirectCall, scope: RenderScope): Data {
  return word === 'env_var' ? envVar(scope, name, fallback) : configVar(scope, name, fallback ?? undefined);
}

function isMissingVariable(error: unknown): boolean {
  return isTsdbtError(error) && error.code === 'TSD1005';
}

function placed(error: unknown, text: string, at: At): unknown {
  if (!isTsdbtError(error)) return error;
  const { code, message, hint, cause } = error;
  const isOurs = code === 'TSD1005' || code === 'TSD1003';
  return new TsdbtError({ code, message: isOurs ? message : `Could not render ${text}: ${message}`, at, hint, cause });
}
