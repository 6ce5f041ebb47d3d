import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TsdbtError } from '../error/index.ts';
import { projectFiles } from './init-files.ts';
import type { Request } from './request.ts';

/** `init NAME`: a folder of that name with a project that builds at once. Asks nothing; throws TSD9001 where the folder exists. */
export async function init(request: Request, name: string): Promise<number> {
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    throw new TsdbtError({
      code: 'TSD9001',
      message: `'${name}' is not a valid project name`,
      hint: 'Use letters, digits and underscores, and begin with no digit.',
    });
  }
  const { profile, skip_profile_setup: skip } = request.given;
  const files = projectFiles({
    name,
    profile: profile === undefined ? name : String(profile),
    // A profile that is named is one that exists.
    hasProfile: profile === undefined && skip !== true,
  });
  const folder = join(request.cwd, name);
  makeFolder(folder, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { flag: 'wx' });
  }
  const msg = `Your new project is in ${name}: ${Object.keys(files).join(', ')}.\nBuild it: cd ${name} && tsdbt build`;
  request.emit({ name: 'PrintEvent', data: { msg } });
  return 0;
}

/** Fails where it is there already, so that nothing of anyone's is written over. */
function makeFolder(folder: string, name: string): void {
  try {
    mkdirSync(folder);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    throw new TsdbtError({
      code: 'TSD9001',
      message: `A project called ${name} already exists here.`,
      hint: 'Choose another name, or another folder to be in.',
      cause,
    });
  }
}
