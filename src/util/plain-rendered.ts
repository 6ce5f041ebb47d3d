/** What rendering makes of a text without templates: a newline at the end is dropped, as Jinja does. */
export function plainRendered(text: string): string {
  return text.endsWith('\n') ? text.slice(0, -1) : text;
}
