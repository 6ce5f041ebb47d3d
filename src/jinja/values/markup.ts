/** A value of a subclass of Python's str: a str in all that its class does not change. */
export abstract class StrSubclass {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }

  abstract get typeName(): string;
  /** The module Python's class is in. */
  abstract get module(): string;
}

/** Text that is safe as HTML: what `escape`, `safe` and `tojson` give. */
export class Markup extends StrSubclass {
  get typeName(): string {
    return 'Markup';
  }

  get module(): string {
    return 'markupsafe';
  }
}

/** A text made of `of`: safe text gives safe text, every other str a plain one. */
export function textLike(of: string | StrSubclass, text: string): string | Markup {
  return of instanceof Markup ? new Markup(text) : text;
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
