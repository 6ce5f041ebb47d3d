import type { Value } from '../../../jinja/index.ts';
import { pyFunction, pyValueError } from '../../py-function.ts';
import type { PyDateTime } from '../datetime/datetime.ts';
import { PyTzinfo } from '../datetime/tzinfo.ts';

/** pytz.utc */
class PytzUtc extends PyTzinfo {
  pyTypeName(): string {
    return 'pytz.UTC';
  }

  offsetAt(): number {
    return 0;
  }

  nameAt(): string {
    return 'UTC';
  }

  override dstAt(): number {
    return 0;
  }

  override pyAttr(name: string): Value | undefined {
    switch (name) {
      case 'zone':
        return 'UTC';
      case 'localize':
        return pyFunction(name, ['dt', 'is_dst?'], (at: PyDateTime) => naive(at).in(this));
      case 'normalize':
        return pyFunction(name, ['dt', 'is_dst?'], (at: PyDateTime) => at.seenIn(this));
      default:
        return super.pyAttr(name);
    }
  }

  override pyStr(): string {
    return 'UTC';
  }

  override pyRepr(): string {
    return '<UTC>';
  }
}

export function naive(at: PyDateTime): PyDateTime {
  if (at.tzinfo) throw pyValueError('Not naive datetime (tzinfo is already set)');
  return at;
}

export const PYTZ_UTC = new PytzUtc();
