import type { Event, Manifest, ModelNode, Node } from '../../model/index.ts';

/** Models past their deprecation date, and references to models that have one. Depends on the day, so it is asked each time. */
export function deprecationWarnings(manifest: Manifest, now: Date): readonly Event[] {
  return Object.values(manifest.nodes).flatMap((node) => {
    if (node.resource_type !== 'model' || node.deprecation_date === null) return [];
    const isPast = new Date(node.deprecation_date) < now;
    return [...(isPast ? [deprecated(node)] : []), ...references(node, isPast, manifest)];
  });
}

export function hasDeprecationDate(node: Node): boolean {
  return node.resource_type === 'model' && node.deprecation_date !== null;
}

function deprecated(node: ModelNode): Event {
  const data = { model_name: node.name, model_version: versionText(node), deprecation_date: node.deprecation_date };
  return { name: 'DeprecatedModel', data };
}

function references(node: ModelNode, isPast: boolean, manifest: Manifest): readonly Event[] {
  return (manifest.child_map[node.unique_id] ?? []).flatMap((id) => {
    const child = manifest.nodes[id];
    if (child?.resource_type !== 'model') return [];
    const data = {
      model_name: child.name,
      ref_model_package: node.package_name,
      ref_model_name: node.name,
      ref_model_version: versionText(node),
      ref_model_latest_version: String(node.latest_version ?? ''),
      ref_model_deprecation_date: node.deprecation_date,
    };
    return [{ name: isPast ? 'DeprecatedReference' : 'UpcomingReferenceDeprecation', data }];
  });
}

function versionText({ version }: ModelNode): string {
  return version === null ? '' : String(version);
}
