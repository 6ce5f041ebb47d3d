/** The start of an fqn: the package, then the folders of the path. */
export function fqnOf(packageName: string, path: string): readonly string[] {
  return [packageName, ...path.split('/').slice(0, -1)];
}

/** A path without its first part: what remains of original_file_path below the folder of models or tests. */
export function belowTop(file: string): string {
  return file.split('/').slice(1).join('/');
}
