import { StrahlError } from '#portability/errors.js';
import type { PipelineDescription } from './pipeline-description.js';
import type { Runner } from './runner.js';
import { contentOf } from './schema/type-schema.js';

/**
 * The options of a run as `build` gets them, for callers without a compiler. A schema of another library may change
 * values on their way, so that what has passed it must not pass it again: there the given values count.
 *
 * @throws STRAHL-9002 for what the pipeline has no option for, and for every wrong and every missing value
 */
export function optionsOfRun({ name, options }: PipelineDescription, given: unknown): unknown {
  if (typeof given !== 'object' || given === null) {
    throw badOptions(name, `its options are an object, not ${String(given)}`);
  }
  const content = options === undefined ? undefined : contentOf(options);
  if (options !== undefined && content === undefined) return given;
  const known = [...(content?.fields?.keys() ?? [])];
  const unknown = Object.keys(given).filter((option) => !known.includes(option));
  if (unknown.length > 0) {
    const none = known.length === 0 ? 'it has no options' : `its options are ${known.join(', ')}`;
    throw badOptions(name, `there is no option ${unknown.join(', ')}: ${none}`);
  }
  if (options === undefined) return given;
  const result = options['~standard'].validate(given);
  if ('then' in result) return given;
  if (result.issues === undefined) return result.value;
  const problems = result.issues.map(({ path = [], message }) => {
    const names = path.map((part) => String(typeof part === 'object' ? part.key : part));
    const secret = content?.fields?.get(names[0]!)?.notes.secret === true;
    return `${names.join('.')} ${secret ? 'is not accepted' : message}`;
  });
  throw badOptions(name, problems.join('; '));
}

/** @throws STRAHL-9002 for what is not a runner */
export function checkRunner(runner: unknown): asserts runner is Runner {
  const { submit } = (runner ?? {}) as { readonly submit?: unknown };
  if (typeof submit === 'function') return;
  throw new StrahlError('badValue', {
    title: `run is given ${typeof runner === 'string' ? JSON.stringify(runner) : `a value of type ${typeof runner}`} for its runner`,
    fix: "import { directRunner } from 'strahl/runners/direct'; p.run({}, { runner: directRunner() })",
  });
}

function badOptions(name: string, why: string): StrahlError {
  return new StrahlError('badValue', {
    title: `pipeline "${name}" cannot be run with these options`,
    why,
    fix: 'p.run({ …options }, { runner, signal })',
  });
}
