import type { Value } from '../../../jinja/index.ts';
import { pyFunction } from '../../py-function.ts';
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
        return pyFunction(name, ['dt', 'is_dst?'], (at: PyDateTime) => at.in(this));
      case 'normalize':
        return pyFunction(name, ['dt', 'is_dst?'], (at: PyDateTime) => at.seenIn(this));
      default:
        return undefined;
    }
  }

  override pyStr(): string {
    return 'UTC';
  }

  override pyRepr(): string {
    return '<UTC>';
  }
}

export const PYTZ_UTC = new PytzUtc();
