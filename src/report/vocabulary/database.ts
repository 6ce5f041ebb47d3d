import { num, text, type Words, warningTag } from './word.ts';

export const databaseEvents: Words = {
  AdapterRegistered: {
    code: 'E034',
    level: 'info',
    say: (d) => `Registered adapter: ${text(d, 'adapter_name')}${text(d, 'adapter_version')}`,
  },
  SQLQuery: { code: 'E016', level: 'debug', say: (d) => `On ${text(d, 'conn_name')}: ${text(d, 'sql')}` },
  SQLQueryStatus: {
    code: 'E017',
    level: 'debug',
    say: (d) => `SQL status: ${text(d, 'status')} in ${num(d, 'elapsed').toFixed(3)} seconds`,
  },
  AdapterEventInfo: { code: 'E002', level: 'info', say: (d) => text(d, 'base_msg') },
  AdapterEventWarning: { code: 'E003', level: 'warn', say: (d, s) => warningTag(s, text(d, 'base_msg')) },
  AdapterEventDebug: { code: 'E001', level: 'debug', say: (d) => text(d, 'base_msg') },
  ConstraintNotSupported: {
    code: 'E049',
    level: 'warn',
    say: (d, s) =>
      warningTag(
        s,
        `The constraint type ${text(d, 'constraint')} is not supported by ${text(d, 'adapter')}, and will be ignored.`,
      ),
  },
};
