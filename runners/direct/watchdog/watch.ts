import type { Connection } from '#portability/fnapi/connection.js';
import type { Plan } from '#runners/core/plan/plan.js';
import type { TaskGroup } from '#runners/core/task-group.js';
import { isThenable } from '#runners/core/thenable.js';
import type { Logger } from '#sdk/runner.js';
import { BundleWatch } from './bundle-watch.js';

/** Without `hangAfter` a job is watched once it has run for so long, in milliseconds: a thread costs its start. */
const WATCHED_AFTER_MS = 1_000;
const DEFAULT_HANG_AFTER_MS = 5 * 60_000;

/** What is watched, and how long functions may take. */
export interface Watch {
  readonly plan: Plan;
  readonly tasks: TaskGroup;
  readonly connection: Connection;
  readonly log: Logger;
  /** Milliseconds; `'never'` watches nothing. */
  readonly hangAfter: number | 'never' | undefined;
}

/**
 * Reports functions that do not return. Resolves with the way to stop. With a `hangAfter` of its own the job
 * is watched from its first element on, so call it before the job starts.
 */
export async function watch({ hangAfter, ...watched }: Watch): Promise<() => void> {
  if (hangAfter === 'never') return () => undefined;
  if (hangAfter !== undefined) return start(watched, hangAfter);
  let stopped = false;
  let stop = (): void => undefined;
  const timer = setTimeout(() => {
    start(watched, DEFAULT_HANG_AFTER_MS).then(
      (end) => {
        if (stopped) end();
        else stop = end;
      },
      // No thread may be started any more: a job that is left behind is not watched.
      () => undefined,
    );
  }, WATCHED_AFTER_MS).unref();
  return () => {
    stopped = true;
    clearTimeout(timer);
    stop();
  };
}

async function start(watched: Omit<Watch, 'hangAfter'>, limit: number): Promise<() => void> {
  const { Watchdog } = await import('./watchdog.js');
  const dog = new Watchdog(watched.plan, limit, () => waitingSteps(watched));
  watched.tasks.heartbeat = dog;
  const ticker = watchBundles(watched, limit);
  return () => {
    dog.close();
    clearInterval(ticker);
  };
}

/** Steps with a call that has not answered yet. Who must be asked for them does not answer in time. */
function waitingSteps({ plan, tasks, connection }: Omit<Watch, 'hangAfter'>): readonly string[] {
  const transforms = tasks.stages.flatMap((stage) => {
    const bundles = stage.bundles ?? (stage.running === undefined ? [] : [stage.running]);
    return bundles.flatMap((bundle) => {
      const progress = connection.progress(bundle);
      return isThenable(progress) ? [] : (progress?.waiting ?? []);
    });
  });
  const steps = plan.stages.flatMap((stage) => stage.steps);
  const names = steps.filter((s) => transforms.includes(s.transform)).map((s) => s.name);
  return [...new Set(names)];
}

function watchBundles(
  { tasks, connection, log }: Omit<Watch, 'hangAfter'>,
  limit: number,
): NodeJS.Timeout {
  const bundles = new BundleWatch(connection, limit);
  const look = (): void => {
    for (const error of bundles.look(tasks.stages, performance.now())) {
      const { code, title, step, site, why, fix } = error;
      log.warn(`${code} ${title}`, { step, site, why, fix });
    }
  };
  return setInterval(look, Math.max(10, limit / 4)).unref();
}
