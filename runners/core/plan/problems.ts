import { ERROR_CATALOGUE, StrahlError, type ErrorKey } from '#portability/errors.js';
import type { PlannedStep } from './plan.js';

/** One reason why a pipeline cannot run. */
export interface Problem {
  readonly key: ErrorKey;
  readonly title: string;
  readonly step?: PlannedStep;
  readonly why?: string;
  readonly fix?: string;
}

/**
 * Throws one error that lists all problems of a check, or returns if there are none. A single problem is
 * the error itself; of several, the first gives the code and all are listed.
 */
export function refuse(problems: readonly Problem[], summary: string): void {
  const [first] = problems;
  if (first === undefined) return;
  if (problems.length === 1) throw problemError(first);
  const fixes = new Set(problems.flatMap(({ fix }) => fix ?? []));
  throw new StrahlError(first.key, {
    title: `${summary}: ${String(problems.length)} problems`,
    why: problems.map(lineOf).join('\n'),
    ...(fixes.size === 0 ? {} : { fix: [...fixes].join('\n') }),
  });
}

/** The error of one problem. */
export function problemError({ key, title, step, why, fix }: Problem): StrahlError {
  return new StrahlError(key, {
    title,
    ...(step === undefined ? {} : { step: step.name }),
    ...(step?.site === undefined ? {} : { site: step.site }),
    ...(why === undefined ? {} : { why }),
    ...(fix === undefined ? {} : { fix }),
  });
}

function lineOf({ key, title, step }: Problem): string {
  const where = step === undefined ? '' : ` (step "${step.name}"${builtAt(step)})`;
  return `${ERROR_CATALOGUE[key].code}  ${title}${where}`;
}

function builtAt({ site }: PlannedStep): string {
  return site === undefined ? '' : `, built at ${site}`;
}
