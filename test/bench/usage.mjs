// Loaded into a measured process: leaves what it used where TSDBT_BENCH_USAGE says.
import { writeFileSync } from 'node:fs';

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const cpu = (userCPUTime + systemCPUTime) / 1e6;
  writeFileSync(process.env.TSDBT_BENCH_USAGE, JSON.stringify({ cpu, megabytes: maxRSS / 1024 }));
});
