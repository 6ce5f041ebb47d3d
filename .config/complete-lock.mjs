// Run after `npm install`: a registry that only mirrors some platforms makes npm leave the others' optional packages out of
// package-lock.json, and `npm ci` then refuses the file. This writes them in, as npm would where the registry has them.
import { readFileSync, writeFileSync } from 'node:fs';

const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));
const { packages } = lock;

const SYSTEMS = ['android', 'darwin', 'linux', 'win32', 'freebsd', 'openbsd', 'netbsd', 'openharmony', 'sunos', 'aix'];
const PROCESSORS = [
  'arm64',
  'x64',
  'ia32',
  'arm',
  'armv7',
  'ppc64',
  's390x',
  'riscv64',
  'loong64',
  'mips64el',
  'wasm32',
];

/** `@scope/tool-linux-arm64-musl` says by its name where it runs. */
function platformOf(name) {
  const words = name.split('/').at(-1).split(/[-.]/);
  const os = SYSTEMS.filter((one) => words.includes(one) || (one === 'win32' && words.includes('windows')));
  const cpu = PROCESSORS.filter((one) =>
    words.some((word) => word === one || (one === 'arm' && /^armv?7?/.test(word) && word !== 'arm64')),
  );
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.some((word) => word.startsWith('gnu'))
      ? ['glibc']
      : [];
  return {
    ...(cpu.length > 0 ? { cpu: [cpu.includes('armv7') ? 'arm' : cpu[0]] } : {}),
    ...(libc.length > 0 && os.includes('linux') ? { libc } : {}),
    ...(os.length > 0 ? { os: [os[0]] } : {}),
  };
}

for (const [from, entry] of Object.entries(packages)) {
  for (const [name, range] of Object.entries(from === '' ? {} : (entry.optionalDependencies ?? {}))) {
    const version = range.replace(/^\D+/, '');
    const at = `node_modules/${name}`;
    const platform = platformOf(name);
    if (packages[at] !== undefined || packages[`${from}/${at}`] !== undefined) continue;
    if (platform.os === undefined && platform.cpu === undefined) continue;
    packages[at] = { version, ...platform, ...(entry.dev ? { dev: true } : {}), optional: true };
  }
}

lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
