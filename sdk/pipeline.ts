import { StrahlError } from '#portability/errors.js';
import { checkOptionNames } from '#portability/option-names.js';
import { checkOptions } from './options.js';
import { DESCRIPTION, type PipelineDescription } from './pipeline-description.js';
import type { Job, JobResult } from './result.js';
import type { Root } from './collections/root.js';
import type { Runner } from './runner.js';
import { isSchema, type Infer, type Schema } from './schema/schema.js';
import type { Given } from './schema/type-schema.js';
import { siteOfCall } from './graph/site.js';

/**
 * Options of a pipeline that has none.
 *
 * @example
 * ```ts
 * import { pipeline, type NoOptions, type Pipeline } from 'strahl';
 * export const p: Pipeline<NoOptions> = pipeline('plain', (p) => p.of([1]));
 * ```
 */
export type NoOptions = Readonly<Record<string, never>>;

/**
 * How to run.
 *
 * @example
 * ```ts
 * import { pipeline, type RunOptions } from 'strahl';
 * const atMostAMinute: RunOptions = { signal: AbortSignal.timeout(60_000) };
 * await pipeline('plain', (p) => p.of([1])).run({}, atMostAMinute);
 * ```
 */
export interface RunOptions {
  /** Default: the direct runner, in this process. */
  readonly runner?: Runner;
  /** Cancels the job. */
  readonly signal?: AbortSignal;
}

/**
 * A pipeline: a value that does nothing until it is run, and can be run any number of times.
 *
 * @example
 * ```ts
 * import { pipeline, type Pipeline } from 'strahl';
 * const hello: Pipeline = pipeline('hello', (p) => p.of(['hello']));
 * await hello.run();
 * ```
 */
export interface Pipeline<O = NoOptions> {
  /** Name of its jobs, as the first argument of `pipeline` gave it. */
  readonly name: string;
  /** Where the pipeline was defined, as `file:line:column`. */
  readonly site?: string;
  /** Runs to the end. Rejects with the error of a failed job, and with STRAHL-7102 for a cancelled one. */
  run(...args: RunArguments<O>): Promise<JobResult>;
  /** Starts the job and resolves once it runs. */
  runAsync(...args: RunArguments<O>): Promise<Job>;
}

type RunArguments<O> = NoOptions extends O
  ? [options?: O, run?: RunOptions]
  : [options: O, run?: RunOptions];

/** A pipeline is what `build` has added when it returns. The name of the property is the text of the compiler's error. */
type AtOnce<R> =
  R extends PromiseLike<unknown>
    ? {
        readonly 'STRAHL-9002: the build function is asynchronous; wait for what it needs before the pipeline is made': never;
      }
    : unknown;

/**
 * Describes a pipeline. `build` is called when the pipeline runs.
 *
 * @param options the pipeline's options, each a flag of `strahl run`; must list its fields (STRAHL-9004)
 * @throws STRAHL-9003 for an option with the name of an option of Strahl
 * @example
 * ```ts
 * import { pipeline, s } from 'strahl';
 * import { text } from 'strahl/io/text';
 *
 * const Options = s.options({ input: s.string, output: s.string });
 *
 * export const wordCount = pipeline('word-count', Options, (p, o) =>
 *   p
 *     .read(text.files(o.input))
 *     .flatMap((line) => line.split(' '))
 *     .countPerElement()
 *     .map(([word, n]) => `${word}: ${String(n)}`)
 *     .write(text.sink(o.output)),
 * );
 * ```
 */
export function pipeline<S extends Schema<unknown>, R = unknown>(
  name: string,
  options: S,
  build: (p: Root, o: Infer<S>) => R & AtOnce<R>,
): Pipeline<Given<S>>;
/** Describes a pipeline without options. `build` is called when the pipeline runs. */
export function pipeline<R = unknown>(name: string, build: (p: Root) => R & AtOnce<R>): Pipeline;
export function pipeline(
  name: string,
  optionsOrBuild: Schema<unknown> | ((p: Root) => unknown),
  maybeBuild?: (p: Root, o: never) => unknown,
): Pipeline<never> {
  const site = siteOfCall(pipeline);
  const at = site === undefined ? {} : { site };
  const options = maybeBuild === undefined ? undefined : (optionsOrBuild as Schema<unknown>);
  const build = (maybeBuild ?? optionsOrBuild) as PipelineDescription['build'];
  checkParts(name, options, build, at);
  if (options !== undefined) checkOptions(options, name, site);
  const description: PipelineDescription = Object.freeze({ name, options, build, ...at });
  return Object.freeze({
    name,
    ...at,
    // What only a run needs is loaded by the first one.
    run: async (options: unknown, r?: RunOptions) =>
      (await import('./result.js')).runJob({ ...checked('run', r), description, options }),
    runAsync: async (options: unknown, r?: RunOptions) =>
      (await import('./result.js')).startJob({ ...checked('runAsync', r), description, options }),
    [DESCRIPTION]: description,
  });
}

/** @throws STRAHL-9002 for a name, options or a build function that are none */
function checkParts(
  name: unknown,
  options: unknown,
  build: unknown,
  at: { readonly site?: string },
): void {
  if (typeof name !== 'string' || name === '') {
    throw new StrahlError('badValue', {
      title: 'a pipeline is given no name',
      ...at,
      fix: "pipeline('name', (p) => …)",
    });
  }
  if (typeof build === 'function' && options !== undefined && !isSchema(options)) {
    throw new StrahlError('badValue', {
      title: `the options of pipeline "${name}" are a value of type ${typeof options} instead of a schema`,
      ...at,
      fix: "pipeline('name', s.options({ input: s.string }), (p, o) => …)",
    });
  }
  if (typeof build !== 'function') {
    throw new StrahlError('badValue', {
      title: `pipeline "${name}" is given no build function`,
      ...at,
      fix: "pipeline('name', (p) => …) or pipeline('name', schema, (p, o) => …)",
    });
  }
}

/** A misspelt runner would be the default one. */
function checked(name: string, r: RunOptions | undefined): RunOptions | undefined {
  checkOptionNames(name, r, ['runner', 'signal']);
  return r;
}
