import { describe, expect, it } from 'vitest';
import { markdownToHtml } from '../../src/docs/collect/markdown.ts';
import { ATTACKS } from './attacks.ts';

/** What the made HTML may hold: these tags, and attributes on links alone. */
const ALLOWED =
  /<(?:\/?(?:p|strong|em|del|code|pre|ul|ol|li|h[3-6]|blockquote|table|thead|tbody|tr|th|td|a)|br|hr|a href="(?:https?:|mailto:|#)[^"<>]*" rel="noopener noreferrer")>/gi;

describe('descriptions', () => {
  it.each([
    ['plain words', '<p>plain words</p>'],
    [
      '**a** and `b` and [c](https://d.example)',
      '<p><strong>a</strong> and <code>b</code> and <a href="https://d.example" rel="noopener noreferrer">c</a></p>',
    ],
    ['- one\n- two', '<ul><li>one</li><li>two</li></ul>'],
    ['# Title', '<h3>Title</h3>'],
    ['a < b & c', '<p>a &#60; b &#38; c</p>'],
    ['a &amp; b', '<p>a &#38; b</p>'],
    ['![alt](https://x.example/a.png)', '<p>alt</p>'],
    ['[x](javascript:alert(1))', '<p>x</p>'],
    ['', ''],
  ])('%j', (source, html) => {
    expect(markdownToHtml(source)).toBe(html);
  });

  it('draws tables', () => {
    expect(markdownToHtml('|a|b|\n|-|-|\n|1|2|')).toBe(
      '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>',
    );
  });

  it.each(ATTACKS)('lets nothing through: %j', (attack) => {
    for (const source of [
      attack,
      `**${attack}**`,
      `- ${attack}`,
      `# ${attack}`,
      `|a|\n|-|\n|${attack}|`,
      `> ${attack}`,
    ]) {
      expect(markdownToHtml(source).replace(ALLOWED, '')).not.toMatch(/[<>]/);
    }
  });

  it('cuts what is longer than anybody reads, and is done in no time', () => {
    const html = markdownToHtml(`${'**long** '.repeat(120_000)}`);
    expect(html).toContain('cut after 200000 characters');
  });
});
