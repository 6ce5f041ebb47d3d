/** A node as people call it: `mart_x`, `source beat.account`. */
export function nameOf(id: string): string {
  const [kind, , ...name] = id.split('.');
  return kind === 'model' ? name.join('.') : `${kind} ${name.join('.')}`;
}
