/**
 * The table of codes: what each number means, by room.
 * 1xxx load and parse, 2xxx templates and compilation, 3xxx database and execution, 4xxx check, 5xxx sync, 6xxx jobs, 9xxx use.
 */
export const CODES = {
  TSD1001: 'dbt_project.yml missing or unreadable',
  TSD1002: 'invalid YAML',
  TSD1003: 'invalid value in a project file',
  TSD1004: 'profile or target not found',
  TSD1005: 'environment variable missing',
  TSD1006: 'package not installed',
  TSD1008: 'artifact unreadable',
  TSD1007: 'selector definition invalid',
  TSD1101: 'invalid resource definition',
  TSD1102: 'two resources of one name',
  TSD1103: 'ref, source or macro not found',
  TSD1104: 'cycle in the graph',
  TSD2001: 'template syntax error',
  TSD2002: 'template runtime error',
  TSD2003: 'compilation error raised by a macro',
  TSD2004: 'dependency reached only while executing',
  TSD2005: 'unit test input missing or unknown',
  TSD3001: 'database error',
  TSD3002: 'cannot connect to the database',
  TSD3003: 'private ClickHouse could not start',
  TSD3004: 'materialization failed',
  TSD3005: 'test failed to run',
  TSD3006: 'path outside the project',
  TSD5001: 'sync definition invalid',
  TSD5002: 'sync failed',
  TSD5003: 'cannot connect to Postgres',
  TSD5004: 'private Postgres could not start',
  TSD6001: 'job definition invalid',
  TSD6002: 'job failed',
  TSD6003: 'job has lost its lock',
  TSD9001: 'wrong use of the command line',
  TSD9002: 'nothing to do',
} as const;

export type ErrorCode = keyof typeof CODES;
