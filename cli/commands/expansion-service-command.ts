import { StrahlError } from '#portability/errors.js';
import type { OfferedTransform } from '#sdk/expansion/offered-transform.js';
import { COMMON_FLAGS, EXPANSION_SERVICE_FLAGS } from '../flags/command-flags.js';
import type { CommandLine } from '../flags/command-line.js';
import { parseFlags } from '../flags/flags.js';
import { loadModule } from '../load-module.js';
import type { Report } from '../terminal/report.js';
import type { Terminal } from '../terminal/terminal.js';

/** Offers what the files export to pipelines of other SDKs until it is interrupted. */
export async function expansionServiceCommand(
  line: CommandLine,
  terminal: Terminal,
  report: Report,
): Promise<number> {
  const { flags, words, problems } = parseFlags(line.rest, [
    ...COMMON_FLAGS,
    ...EXPANSION_SERVICE_FLAGS,
  ]);
  const port = flags.get('port')?.[0] ?? '0';
  const all = [...problems, ...problemOfPort(port), ...problemOfFile(line.file)];
  if (all.length > 0) {
    report.errors(all);
    return 2;
  }
  const files = [line.file!, ...words];
  const transforms = await Promise.all(files.map((file) => offersIn(file, terminal.directory)));
  const { startExpansionService } = await import('#runners/portable/index.js');
  const interrupted = new Promise<void>((resolve) => {
    terminal.onInterrupt(resolve);
  });
  const serving = await startExpansionService({
    transforms: transforms.flat(),
    port: Number(port),
  });
  for (const { urn } of transforms.flat()) terminal.err(`offers ${urn}\n`);
  terminal.out(`listening on ${serving.address}\n`);
  await interrupted;
  await serving.close();
  return 0;
}

function problemOfPort(port: string): readonly StrahlError[] {
  if (/^\d+$/.test(port) && Number(port) <= 65_535) return [];
  const title = `--port ${port} is no whole number from 0 to 65535`;
  return [new StrahlError('badValue', { title, fix: '--port 0' })];
}

function problemOfFile(file: string | undefined): readonly StrahlError[] {
  if (file !== undefined) return [];
  const title = 'strahl expansion-service needs the files with the transforms';
  const fix = 'strahl expansion-service FILE';
  return [new StrahlError('noPipelineInFile', { title, fix })];
}

/** @throws STRAHL-9006 for a file that offers nothing */
async function offersIn(file: string, directory: string): Promise<readonly OfferedTransform[]> {
  const { offerOf } = await import('#sdk/expansion/offered-transform.js');
  const exported = await loadModule(file, directory);
  // A file that Node takes for CommonJS gives its exports once more, as the default.
  const inner = (exported['default'] ?? {}) as Readonly<Record<string, unknown>>;
  const values = new Set([...Object.values(exported), ...Object.values(inner)]);
  const offers = [...values].filter((value) => offerOf(value) !== undefined);
  if (offers.length > 0) return offers as readonly OfferedTransform[];
  throw new StrahlError('noPipelineInFile', {
    title: `${file} offers no transform`,
    fix: "export const shout = offerTransform('example:shout:v1', …)",
  });
}
