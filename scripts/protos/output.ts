import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

/** Files that a script makes: writes them, or with `--check` compares and fails when one differs. */
export function output(
  files: ReadonlyMap<string, string>,
  folder: URL,
  args: readonly string[],
): void {
  const stale: string[] = [];
  for (const [path, text] of files) {
    const url = new URL(path, folder);
    if (args.includes('--check')) {
      if (readIfThere(url) !== text) stale.push(path);
      continue;
    }
    mkdirSync(new URL('.', url), { recursive: true });
    writeFileSync(url, text);
  }
  if (stale.length > 0) {
    console.error(`out of date, run the script without --check: ${stale.join(', ')}`);
    process.exitCode = 1;
  }
}

function readIfThere(url: URL): string | undefined {
  try {
    return readFileSync(url, 'utf8');
  } catch {
    return undefined;
  }
}
