/** `deps` and `clean` work without a connection: a profile that is missing or broken does not stop them. */
export function needsProfile(which: string): boolean {
  return which !== 'deps' && which !== 'clean';
}

/** Commands that read models want every installed package. */
export function needsPackages(which: string): boolean {
  return !['deps', 'clean', 'debug', 'init'].includes(which);
}
