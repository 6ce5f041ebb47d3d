// A ClickHouse of a cluster: `node engine.mjs LIBRARY CONFIG` loads libchdb and listens for HTTP and for other nodes until its input ends.
import { DataType, load, open } from 'ffi-rs';

const [library, config] = process.argv.slice(2);
const life =
  "SYSTEM START LISTEN HTTP; SYSTEM START LISTEN TCP; SELECT * FROM file('-', 'LineAsString', 's String') FORMAT Null";
const args = ['clickhouse', `--config-file=${config}`, '--query', life];
open({ library: 'chdb', path: library });
load({
  library: 'chdb',
  funcName: 'chdb_query_cmdline',
  retType: DataType.External,
  paramsType: [DataType.I32, DataType.StringArray],
  paramsValue: [args.length, args],
});
