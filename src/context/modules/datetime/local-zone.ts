import { PyTzinfo, type WallTime } from './tzinfo.ts';

/** The zone of the machine, as naive times are understood. */
class LocalZone extends PyTzinfo {
  pyTypeName(): string {
    return 'datetime.timezone';
  }

  offsetAt(wall: WallTime | null): number {
    const at = wall ? new Date(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second) : new Date();
    return -at.getTimezoneOffset() * 60;
  }

  nameAt(wall: WallTime | null): string {
    const minutes = this.offsetAt(wall) / 60;
    return minutes === 0
      ? 'UTC'
      : `UTC${minutes < 0 ? '-' : '+'}${String(Math.floor(Math.abs(minutes) / 60)).padStart(2, '0')}`;
  }
}

const LOCAL = new LocalZone();

export function localZone(): PyTzinfo {
  return LOCAL;
}
