import { bundlePolicy, type BundleOptions } from './bundle-policy.js';
import { elementsOf, grouped } from './input/frames.fixture.js';
import { emits, framesIn, FunctionsConnection, type StageFunction } from './plan.fixture.js';
import type { Plan } from './plan/plan.js';
import { SimulatedEnv } from './simulated-env.js';
import { ALL_KINDS } from './stages/stage-kinds.fixture.js';
import { Task } from './task.js';

/** A task of the plan, with all that a test looks at. */
export function taskOf(
  plan: Plan,
  functions: Readonly<Record<string, StageFunction>>,
  options: Partial<BundleOptions> = {},
) {
  const connection = new FunctionsConnection(functions);
  const abort = new AbortController();
  const policy = bundlePolicy({ maxAttempts: 1, ...options });
  const env = new SimulatedEnv();
  const task = new Task({ plan, kinds: ALL_KINDS, connection, env, policy, signal: abort.signal });
  return { task, connection, abort, env };
}

/** A stage function that writes down the panes it is given. */
export function collector() {
  const collected: string[] = [];
  const bundles: number[] = [];
  const collect: StageFunction = (request) => {
    const elements = elementsOf(framesIn(request), grouped);
    bundles.push(elements.length);
    for (const {
      value: [key, values],
      time,
    } of elements) {
      collected.push(`${key} ${[...values].sort().join('')} ${String(time)}`);
    }
    return emits(request.stage);
  };
  return { collected, bundles, collect };
}
