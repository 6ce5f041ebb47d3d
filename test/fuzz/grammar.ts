import { readFileSync } from 'node:fs';

/**
 * What the fuzzer can write. `$name` stands for one of the choices of `name`; when a template is deep enough, only choices
 * that hold no other `$name` are taken (each rule has some).
 *
 * Left out, because the answers cannot agree or say nothing: complex numbers (`(-1) ** 0.5`) and `\N{…}` escapes (not there,
 * see docs/jinja.md), `random` and `lipsum` (chance), sets of more than one item (Python's order is that of its hashes),
 * growth without bound (`**` and `*` only take small numbers on one side: both end in MemoryError, at other sizes).
 * Left out because Jinja2 or one version of Python is wrong there: `1e400` as a constant (Jinja2 writes `inf` into its code:
 * NameError), names in the filter of a block set (AssertionError in Jinja2's compiler), flags of `splitlines` and of sorting
 * that are no integers (errors before Python 3.12 only), `is_integer` of an int (from 3.12 on), `autoescape` by a variable
 * (constants are not escaped then). Slices of a literal without slices
 * (undefined or an error, by whether Jinja2 could compute what stands around it ahead). Methods of bytes are not there.
 * Also left out: `print` without anything under `extends` (IndentationError in Python's own compiler), keywords given twice to a
 * filter of constants (SyntaxError or the filter's, by whether it could be computed ahead), modules that dbt does not give
 * (`modules.datetime.timezone`), flags of `re` as text and look-behinds of variable width (docs/jinja.md).
 * Addresses in the repr of functions are made equal before the comparison.
 */
export const GRAMMAR: Readonly<Record<string, readonly string[]>> = Object.assign(
  {},
  ...['core', 'files', 'dbt', 'modules'].map((part) =>
    JSON.parse(readFileSync(new URL(`../test/fuzz/grammar/${part}.json`, import.meta.url), 'utf8')),
  ),
);
