import { Marked, type Token, type Tokens } from 'marked';

/** Tags a description may make; each without attributes but those below. */
const escapeHtml = (value: string): string => value.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const SAFE_LINK = /^(?:https?:\/\/|mailto:|#)/i;

/** Beyond this, a description is cut: nobody reads it, and every visitor would load it. */
const LONGEST = 200_000;

/**
 * Markdown as HTML that holds nothing but what is made here: every text escaped, HTML of the author shown as text,
 * links only to http(s), mailto and places in the page, no pictures. That is the sanitizer: nothing passes through.
 */
export function markdownToHtml(source: string): string {
  const value = source.length > LONGEST ? `${source.slice(0, LONGEST)}\n\n… (cut after ${LONGEST} characters)` : source;
  if (value.trim() === '') return '';
  if (!/[*_`[\]#>|<&\n\\~]|https?:|^\s*[-+\d]/.test(value)) return `<p>${escapeHtml(value)}</p>`;
  try {
    return blocks(marked.lexer(value));
  } catch {
    return `<pre>${escapeHtml(value)}</pre>`;
  }
}

const marked = new Marked({ gfm: true });

function blocks(tokens: readonly Token[]): string {
  return tokens.map(block).join('');
}

function block(token: Token): string {
  switch (token.type) {
    case 'heading': {
      // Headings of the page itself come first.
      const level = Math.min(6, (token as Tokens.Heading).depth + 2);
      return `<h${level}>${inlines(token)}</h${level}>`;
    }
    case 'paragraph':
      return `<p>${inlines(token)}</p>`;
    case 'code':
      return `<pre><code>${escapeHtml((token as Tokens.Code).text)}</code></pre>`;
    case 'blockquote':
      return `<blockquote>${blocks((token as Tokens.Blockquote).tokens)}</blockquote>`;
    case 'list':
      return listOf(token as Tokens.List);
    case 'table':
      return tableOf(token as Tokens.Table);
    case 'hr':
      return '<hr>';
    case 'space':
    case 'def':
      return '';
    case 'html':
      return `<p>${escapeHtml(token.raw)}</p>`;
    default:
      return inlines(token);
  }
}

function listOf({ ordered, items }: Tokens.List): string {
  const tag = ordered ? 'ol' : 'ul';
  return `<${tag}>${items.map((item) => `<li>${blocks(item.tokens)}</li>`).join('')}</${tag}>`;
}

function tableOf({ header, rows }: Tokens.Table): string {
  const row = (cells: readonly Tokens.TableCell[], tag: string): string =>
    `<tr>${cells.map((cell) => `<${tag}>${cell.tokens.map(inline).join('')}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${row(header, 'th')}</thead><tbody>${rows.map((cells) => row(cells, 'td')).join('')}</tbody></table>`;
}

function inlines(token: Token): string {
  const { tokens, text, raw } = token as { tokens?: readonly Token[]; text?: string; raw: string };
  return tokens === undefined ? escapeHtml(plain(text ?? raw)) : tokens.map(inline).join('');
}

/** `&amp;` written by an author means `&`; it is escaped again afterwards. */
function plain(value: string): string {
  return value.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? '');
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function inline(token: Token): string {
  switch (token.type) {
    case 'strong':
      return `<strong>${inlines(token)}</strong>`;
    case 'em':
      return `<em>${inlines(token)}</em>`;
    case 'del':
      return `<del>${inlines(token)}</del>`;
    case 'codespan':
      return `<code>${escapeHtml((token as Tokens.Codespan).text)}</code>`;
    case 'br':
      return '<br>';
    case 'link':
      return linkOf(token as Tokens.Link);
    case 'image':
      return escapeHtml((token as Tokens.Image).text);
    case 'html':
      return escapeHtml(token.raw);
    case 'checkbox':
      return (token as Tokens.Checkbox).checked ? '☑ ' : '☐ ';
    default:
      return inlines(token);
  }
}

function linkOf(token: Tokens.Link): string {
  const href = token.href.trim();
  if (!SAFE_LINK.test(href)) return inlines(token);
  return `<a href="${escapeHtml(href)}" rel="noopener noreferrer">${inlines(token)}</a>`;
}
