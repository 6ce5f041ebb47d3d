import { typeError } from '../errors.ts';
import { findAttribute, getAttr, isDunder, missing } from '../ops/attribute.ts';
import { hashKey } from '../ops/hash.ts';
import { isPrivate } from '../ops/private-names.ts';
import { str } from '../ops/text.ts';
import { truth } from '../ops/truth.ts';
import { isString, typeName } from '../ops/types.ts';
import { Undefined } from '../values/undefined.ts';
import { toJson } from './json.ts';
import { MAPPING_FILTERS } from './mapping.ts';
import { NUMBER_FILTERS } from './numbers.ts';
import { SEQUENCE_FILTERS } from './sequences.ts';
import { type FilterEntry, filter } from './table.ts';
import { TEXT_FILTERS } from './text.ts';
import { WEB_FILTERS } from './web.ts';

const useDefault = filter('do_default', 'default_value= boolean=', (_context, value, fallback = '', boolean = false) =>
  value instanceof Undefined || (truth(boolean) && !truth(value)) ? fallback : value,
);

/** Jinja2's filters. */
export const FILTERS: ReadonlyMap<string, FilterEntry> = new Map(
  Object.entries({
    ...SEQUENCE_FILTERS,
    ...MAPPING_FILTERS,
    ...TEXT_FILTERS,
    ...NUMBER_FILTERS,
    ...WEB_FILTERS,
    default: useDefault,
    d: useDefault,
    attr: filter('do_attr', 'name', (context, value, name) => {
      const { undefinedKind } = context.env;
      if (!isString(name)) hashKey(name);
      if (!isString(name)) throw typeError(`attribute name must be string, not '${typeName(name)}'`);
      // Undefined values do not answer for Python's protocols.
      if (value instanceof Undefined && isDunder(str(name)) && !isPrivate(value, str(name))) {
        return missing(value, name, undefinedKind);
      }
      if (
        value instanceof Undefined ||
        findAttribute(value, str(name), undefinedKind) !== undefined ||
        str(name).startsWith('_')
      ) {
        return getAttr(value, str(name), undefinedKind);
      }
      return missing(value, name, undefinedKind);
    }),
    tojson: filter('do_tojson', 'indent=', (_context, value, indent = null) => toJson(value, indent)),
  }),
);
