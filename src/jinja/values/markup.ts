/** Text that is safe as HTML: what `escape`, `safe` and `tojson` give. A str in all other respects. */
export class Markup {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ESCAPES[char] as string);
}
