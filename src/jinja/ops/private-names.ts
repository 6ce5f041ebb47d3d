import { PyObject } from '../values/object.ts';
import { typeName } from './types.ts';

const words = (text: string): readonly string[] => text.split(' ').map((word) => `__${word}__`);

/** Attributes that every Python object has. Templates may not use them, and must be told so. */
const COMMON: ReadonlySet<string> = new Set(
  words(
    'class delattr dir doc eq format ge getattribute getstate gt hash init init_subclass le lt ne new reduce reduce_ex repr setattr sizeof str subclasshook',
  ),
);

const NUMBER =
  'abs add bool divmod float floordiv getnewargs int mod mul neg pos pow radd rdivmod rfloordiv rmod rmul rpow rsub rtruediv sub truediv trunc ceil floor round';
const INT = `${NUMBER} and index invert lshift or rand rlshift ror rrshift rshift rxor xor`;
const STR = 'add contains getitem getnewargs iter len mod mul rmod rmul';
const VIEW = 'and contains iter len or rand reversed ror rsub rxor sub xor';
const UNDEFINED =
  'add aiter bool call complex div float floordiv getattr getitem int iter len mod module mul neg pos pow radd rdiv rfloordiv rmod rmul rpow rsub rtruediv slots sub truediv';
const CALLABLE = 'call module name qualname';

/** What a type has beyond those. */
const OWN: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    int: INT,
    bool: INT,
    float: `${NUMBER} getformat`,
    str: STR,
    Markup: `${STR} html html_format module radd slots`,
    list: 'add class_getitem contains delitem getitem iadd imul iter len mul reversed rmul setitem',
    tuple: 'add class_getitem contains getitem getnewargs iter len mul rmul',
    _GroupTuple: 'add class_getitem contains getitem getnewargs iter len mul rmul module slots annotations match_args',
    dict: 'class_getitem contains delitem getitem ior iter len or reversed ror setitem',
    set: 'and class_getitem contains iand ior isub iter ixor len or rand ror rsub rxor sub xor',
    range: 'bool contains getitem iter len reversed',
    NoneType: 'bool',
    function: `${CALLABLE} annotations builtins closure code defaults dict get globals kwdefaults`,
    builtin_function_or_method: `${CALLABLE} self text_signature`,
    generator: 'del iter name next qualname',
    dict_keys: VIEW,
    dict_items: VIEW,
    dict_values: 'iter len reversed',
    Undefined: UNDEFINED,
    StrictUndefined: UNDEFINED,
    DebugUndefined: UNDEFINED,
    ChainableUndefined: `${UNDEFINED} html`,
  }).map(([type, names]) => [type, new Set(words(names))] as const),
);

/** What objects of classes written in Python have. */
const OBJECT: ReadonlySet<string> = new Set(words('dict module weakref'));

/** Whether Python's object would have this attribute and Jinja2's sandbox refuse it. */
export function isPrivate(value: unknown, name: string): boolean {
  if (!name.startsWith('__')) return false;
  if (COMMON.has(name)) return true;
  return (value instanceof PyObject ? OBJECT : OWN.get(typeName(value)))?.has(name) === true;
}
