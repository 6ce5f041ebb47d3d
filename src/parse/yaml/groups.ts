import type { GroupNode } from '../../model/index.ts';
import type { Configs } from '../config/configs.ts';
import { fqnOf } from '../files/paths.ts';
import type { Templates } from '../templating/templates.ts';
import { ownerOf } from './exposures.ts';
import { renderedEntry } from './render.ts';
import type { Entry } from './schema-file.ts';
import { checkedEntry } from './shape/entry.ts';
import { mapOr, textOrNull } from './values.ts';

/** A group as the manifest shows it. dbt gives its configuration the models' tree. Throws TSD1101. */
export function groupOf(entry: Entry, configs: Configs, templates: Templates): GroupNode {
  const { packageName, path, file } = entry.file.entry;
  const rendered = renderedEntry('groups', entry.data, (...text) => templates.value(packageName, ...text));
  const data = checkedEntry(entry, rendered);
  const name = String(data.name);
  const subject = { kind: 'group', packageName, fqn: [...fqnOf(packageName, path), name] } as const;
  return {
    name,
    resource_type: 'group',
    package_name: packageName,
    path,
    original_file_path: file,
    unique_id: `group.${packageName}.${name}`,
    owner: ownerOf(data.owner ?? null, 'Group'),
    description: textOrNull(data.description),
    config: configs.rendered(subject, { properties: mapOr(data.config) }),
  };
}
