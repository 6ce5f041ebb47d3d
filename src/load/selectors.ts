import { join } from 'node:path';
import { type At, TsdbtError } from '../error/index.ts';
import type { SelectorDefinition } from '../model/index.ts';
import { type Data, type DataMap, isDataMap } from '../util/data.ts';
import type { YamlPath } from '../util/yaml.ts';
import { readConfigFile, shown } from './files.ts';
import { renderData } from './render/renderer.ts';
import type { RenderScope } from './render/words.ts';

/** The entries of selectors.yml, rendered. Their definitions are read by the room `select`. Throws TSD1007. */
export async function loadSelectors(root: string, scope: RenderScope, cwd: string): Promise<SelectorDefinition[]> {
  const file = readConfigFile(join(root, 'selectors.yml'), cwd, 'TSD1007');
  if (file === null) return [];
  const data = (await renderData(file.data, scope, file.at)) as DataMap;
  const { selectors } = data;
  if (!Array.isArray(selectors)) throw wrong("selectors.yml must have a list 'selectors'", file.at(['selectors']));
  const place = { file: shown(file.path, cwd), line: 1, col: 1 };
  return selectors.map((entry: Data, index) => ({
    ...definitionOf(entry, (path) => file.at(['selectors', index, ...path])),
    at: place,
  }));
}

function definitionOf(entry: Data, at: (path: YamlPath) => At): SelectorDefinition {
  if (!isDataMap(entry)) throw wrong('A selector must be a mapping with name and definition', at([]));
  const { name, description, default: isDefault, definition } = entry;
  if (typeof name !== 'string') throw wrong('A selector has no name', at(['name']));
  if (typeof definition !== 'string' && !isDataMap(definition ?? null)) {
    throw wrong(
      `The definition of the selector '${name}' must be a string or a mapping of union, intersection or method`,
      at(['definition']),
    );
  }
  return {
    name,
    description: typeof description === 'string' ? description : '',
    default: isDefault === true,
    definition: definition as Data,
    written: entry,
  };
}

function wrong(message: string, at: At): TsdbtError {
  return new TsdbtError({ code: 'TSD1007', message, at });
}
