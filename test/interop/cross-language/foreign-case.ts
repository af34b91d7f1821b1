import { isDeepStrictEqual } from 'node:util';
import { pipeline, type ExpansionService, type PCollection, type Root, type Runner } from 'strahl';

/** A pipeline of ours with steps of another SDK, and what it must give. */
export type ForeignCase = (run: Run, expansion: ExpansionService) => Promise<void>;

/** Runs the steps and gives what comes out of them, sorted as text. */
export type Run = <T>(steps: (p: Root) => PCollection<T>) => Promise<readonly T[]>;

/** @param runner a job server of ours */
export function runOn(runner: Runner): Run {
  return async <T>(steps: (p: Root) => PCollection<T>): Promise<readonly T[]> => {
    const out: T[] = [];
    const job = pipeline('cross-language', (p) => steps(p).map((x) => void out.push(x)));
    await job.run({}, { runner });
    return out.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  };
}

export function expectEqual(actual: unknown, expected: unknown): void {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new Error(`expected ${JSON.stringify(expected)}, but it was ${JSON.stringify(actual)}`);
}

export async function expectRefusal(
  job: Promise<unknown>,
  ...texts: readonly string[]
): Promise<void> {
  const message = await job.then(
    () => 'nothing was refused',
    (e: unknown) => (e as { readonly message: string }).message,
  );
  const missing = texts.filter((text) => !message.includes(text));
  if (missing.length > 0) throw new Error(`no ${missing.join(', ')} in ${message}`);
}
