import type { AgateTypeName } from '../../context/index.ts';

/** What a cell's text is as a value of one type, in the plain form AgateTable takes; undefined where it is none. */
export type Cast = (text: string) => string | boolean | undefined;

/** Texts that mean no value, whatever the column's type. */
export const isNull = (text: string): boolean => {
  const bare = text.trim().toLowerCase();
  return bare === '' || bare === 'null';
};

const CURRENCY = /^[؋$ƒ៛¥₡₱£€¢﷼₪₩₭₮₦฿₤₫]+|[؋$ƒ៛¥₡₱£€¢﷼₪₩₭₮₦฿₤₫]+$/g;
const DECIMAL = /^[+-]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[+-]?\d+)?$/i;

/** As agate reads numbers: with percent and currency signs and thousands separated by commas. */
function number(text: string): string | undefined {
  let bare = text.trim().replace(/^%+|%+$/g, '');
  const sign = bare.startsWith('-') ? '-' : '';
  bare = bare.slice(sign.length).replace(CURRENCY, '').replaceAll(',', '');
  return DECIMAL.test(bare) ? `${sign}${bare.replaceAll('_', '').replace(/^\+/, '')}` : undefined;
}

const pad = (digits: string | undefined, length = 2): string => (digits ?? '0').padStart(length, '0');

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  return month >= 1 && month <= 12 && day >= 1 && date.getUTCDate() === day && date.getUTCMonth() === month - 1;
}

/** `%Y-%m-%d` */
function date(text: string): string | undefined {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim());
  if (match === null || !isDay(Number(match[1]), Number(match[2]), Number(match[3]))) return undefined;
  return `${match[1]}-${pad(match[2])}-${pad(match[3])}`;
}

const CLOCK = '(\\d{1,2}):(\\d{1,2}):(\\d{1,2})';
const ISO_TIME =
  /^(\d{4})-(\d{2})(?:-(\d{2})(?:[T ](\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d{1,6})\d*)?)?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?)?$/;

/** `%Y-%m-%d %H:%M:%S`, else ISO 8601. */
function datetime(text: string): string | undefined {
  const bare = text.trim();
  const plain = new RegExp(`^(\\d{4})-(\\d{1,2})-(\\d{1,2})\\s+${CLOCK}$`).exec(bare);
  const [, year, month, day = '01', hour = '00', minute = '00', second = '00', fraction, zone] =
    plain ?? ISO_TIME.exec(bare) ?? [];
  if (year === undefined || !isDay(Number(year), Number(month), Number(day))) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const time = `${pad(hour)}:${pad(minute)}:${pad(second)}`;
  return `${year}-${pad(month)}-${pad(day)} ${time}${fraction === undefined ? '' : `.${fraction.padEnd(6, '0')}`}${offset(zone)}`;
}

function offset(zone: string | undefined): string {
  if (zone === undefined) return '';
  if (zone === 'Z') return '+00:00';
  const digits = zone.slice(1).replace(':', '');
  return `${zone[0]}${digits.slice(0, 2)}:${pad(digits.slice(2))}`;
}

function boolean(text: string): boolean | undefined {
  const bare = text.replaceAll(',', '').trim().toLowerCase();
  return bare === 'true' ? true : bare === 'false' ? false : undefined;
}

/** The types tried for a seed's column, in dbt's order. A CSV has no integers for dbt: they are numbers without decimals. */
export const CELL_TYPES: readonly (readonly [AgateTypeName, Cast])[] = [
  ['number', number],
  ['date', date],
  ['datetime', datetime],
  ['boolean', boolean],
  ['text', (text) => text],
];
