import { StrahlError } from '#portability/errors.js';
import { GraphBuilder } from './graph-builder.js';
import type { JobScope } from './job-scope.js';
import type { PipelineDescription } from '../pipeline-description.js';
import { RootCollections, rootOf } from '../collections/root-collections.js';

/**
 * Everything that a build function added. Default `job`: one of this process alone.
 *
 * @throws STRAHL-9002 for a build function that is not over when it returns
 */
export function buildSteps(
  description: PipelineDescription,
  options: unknown,
  job: JobScope = ownScope(),
): GraphBuilder {
  const graph = new GraphBuilder(job);
  try {
    const built = description.build(rootOf(new RootCollections(graph)), options);
    refusePromise(built, `the build function of pipeline "${description.name}"`, description.site);
  } finally {
    graph.seal();
  }
  return graph;
}

/** What a function adds behind an `await` would be missing, without a word. */
export function refusePromise(built: unknown, what: string, site?: string): void {
  if (!isPromise(built)) return;
  // It goes on and fails at its next step, which nobody would hear of.
  built.then(undefined, () => undefined);
  throw new StrahlError('badValue', {
    title: `${what} is asynchronous`,
    ...(site === undefined ? {} : { site }),
    why: 'a pipeline is what its build function has added when it returns',
    fix: 'wait for what it needs before the pipeline is made, or inside of its steps',
  });
}

function isPromise(x: unknown): x is PromiseLike<unknown> {
  return typeof (x as { readonly then?: unknown } | null | undefined)?.then === 'function';
}

/** Only sinks ask for the name, and what draws it takes longer to load than a short pipeline runs. */
function ownScope(): JobScope {
  let name: string | undefined;
  return {
    isShared: false,
    get name() {
      return (name ??= process.getBuiltinModule('node:crypto').randomUUID());
    },
  };
}
