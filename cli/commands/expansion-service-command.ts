import { StrahlError } from '#portability/errors.js';
import type { OfferedTransform } from '#sdk/expansion/offered-transform.js';
import { COMMON_FLAGS, EXPANSION_SERVICE_FLAGS } from '../flags/command-flags.js';
import type { CommandLine } from '../flags/command-line.js';
import { FlagReader } from '../flags/flag-reader.js';
import { parseFlags } from '../flags/flags.js';
import { loadModule } from '../load-module.js';
import type { Report } from '../terminal/report.js';
import type { Terminal } from '../terminal/terminal.js';
import { serve } from './serve.js';

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
  const read = new FlagReader(flags, terminal.directory);
  const port = read.port();
  const all = [...problems, ...read.problems, ...problemOfFile(line.file)];
  if (all.length > 0) return report.refuse(all);
  const files = [line.file!, ...words];
  const offers = await Promise.all(files.map((file) => offersIn(file, terminal.directory)));
  const transforms = offers.flat();
  const { startExpansionService } = await import('#runners/portable/index.js');
  for (const { urn } of transforms) terminal.err(`offers ${urn}\n`);
  return serve(startExpansionService({ transforms, port }), terminal, report);
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
