/**
 * The server process: loads libchdb and hands it the main thread until its standard input ends.
 * Arguments: the library, the configuration file.
 */
import { DataType, isNullPointer, type JsExternal, load, open } from 'ffi-rs';

const [library, config] = process.argv.slice(2) as [string, string];
// Reading from standard input holds the server up: when whoever holds the other end closes it, or dies, it ends.
const LIFE = "SYSTEM START LISTEN HTTP; SELECT * FROM file('-', 'LineAsString', 's String') FORMAT Null";
const args = ['clickhouse', `--config-file=${config}`, '--query', LIFE];

open({ library: 'chdb', path: library });
const result = load({
  library: 'chdb',
  funcName: 'chdb_query_cmdline',
  retType: DataType.External,
  paramsType: [DataType.I32, DataType.StringArray],
  paramsValue: [args.length, args],
}) as unknown as JsExternal;

const error = (retType: DataType.External | DataType.String): unknown =>
  load({
    library: 'chdb',
    funcName: 'chdb_result_error',
    retType,
    paramsType: [DataType.External],
    paramsValue: [result],
  });

if (isNullPointer(error(DataType.External) as JsExternal)) process.exit(0);
process.stderr.write(`${error(DataType.String)}\n`);
process.exit(1);
