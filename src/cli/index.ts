/** The command line's first step: answers `--version` at once and leaves everything else to the program. */
export async function start(argv: readonly string[]): Promise<void> {
  if (argv.length === 1 && ['--version', '-V', '-v'].includes(argv[0]!)) {
    const { versionText } = await import('./version.ts');
    process.stdout.write(versionText());
    return;
  }
  if (argv[0] === '__complete') {
    const { complete } = await import('./completion/complete.ts');
    process.stdout.write(complete(argv[1] ?? '', process.cwd(), process.env));
    return;
  }
  const [{ runProgram }, { ownSurroundings }] = await Promise.all([
    import('./program.ts'),
    import('./surroundings.ts'),
  ]);
  process.exitCode = await runProgram(argv, ownSurroundings());
}
