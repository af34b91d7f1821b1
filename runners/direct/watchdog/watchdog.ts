import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { StrahlError } from '#portability/errors.js';
import type { StageId } from '#portability/model/ids.js';
import type { Heartbeat } from '#runners/core/heartbeat.js';
import type { Plan, PlannedStage, PlannedStep } from '#runners/core/plan/plan.js';
import { WATCHDOG_THREAD } from './watchdog-thread.js';

/** So many looks in a row have to find the thread where it was; a machine that slept is not a hang. */
const LOOKS = 4;
/** Files of Strahl itself, wherever it is installed, and of the platform. */
const OWN_FILES: readonly string[] = [
  fileURLToPath(new URL('../../../', import.meta.url)),
  '/node_modules/',
  'node:',
];
const OWN_ROOMS = ['portability/', 'sdk/', 'runners/', 'io/', 'cli/', 'dist/'];

/**
 * Notices that a function does not return: a thread of its own looks whether the event loop of this one still
 * turns, and says in which step and line it is if it does not. It reports on standard error, for while a
 * function loops nothing else of this process can run.
 */
export class Watchdog implements Heartbeat {
  readonly #beat = new Int32Array(new SharedArrayBuffer(8));
  readonly #ranks: ReadonlyMap<StageId, number>;
  /** Stages whose steps go on later. */
  readonly #paused: StageId[] = [];
  readonly #thread: Worker;
  readonly #ticker: NodeJS.Timeout;

  readonly #waiting: string;

  /** `hangAfter` in milliseconds; `waiting` names the steps with a call that has not answered yet. */
  constructor(plan: Plan, hangAfter: number, waiting: () => readonly string[]) {
    this.#waiting = `strahl.waiting.${randomUUID()}`;
    // The thread can reach nothing of this one but its globals.
    Object.defineProperty(globalThis, this.#waiting, { value: waiting, configurable: true });
    this.#ranks = new Map(plan.stages.map(({ id }, rank) => [id, rank + 1]));
    const every = Math.max(1, Math.ceil(hangAfter / LOOKS));
    const packages = [...OWN_ROOMS.map((room) => `${OWN_FILES[0]!}${room}`), ...OWN_FILES.slice(1)];
    const reports = [undefined, ...plan.stages].map((stage) => hangText(placeOf(stage), hangAfter));
    const steps = Object.fromEntries(
      plan.stages.flatMap((stage) => stage.steps.map((s) => [s.name, hangText(s, hangAfter)])),
    );
    this.#thread = new Worker(WATCHDOG_THREAD, {
      eval: true,
      workerData: {
        ...{ beat: this.#beat, every, looks: LOOKS, reports, steps, packages },
        waiting: this.#waiting,
      },
    });
    this.#thread.unref();
    this.#ticker = setInterval(() => Atomics.add(this.#beat, 0, 1), every / 2).unref();
  }

  enter(stage: StageId): void {
    this.#beat[1] = this.#ranks.get(stage)!;
  }

  pause(stage: StageId): void {
    this.#paused.push(stage);
    this.#wait();
  }

  leave(stage: StageId): void {
    const at = this.#paused.indexOf(stage);
    if (at >= 0) this.#paused.splice(at, 1);
    this.#wait();
  }

  /** Of several steps that go on by themselves nobody knows which one it is. */
  #wait(): void {
    const [only, other] = this.#paused;
    this.#beat[1] = only === undefined || other !== undefined ? 0 : this.#ranks.get(only)!;
  }

  close(): void {
    clearInterval(this.#ticker);
    Reflect.deleteProperty(globalThis, this.#waiting);
    void this.#thread.terminate();
  }
}

type Place = Pick<PlannedStep, 'name' | 'site'>;

/** Of several steps nobody knows which one it is, unless the stack tells. */
function placeOf(stage: PlannedStage | undefined): Place | undefined {
  const [only, other] = stage?.steps ?? [];
  return other === undefined ? only : stage;
}

/** The report of a step, with a mark where the place in the code belongs. */
function hangText(place: Place | undefined, hangAfter: number): string {
  const site = place?.site;
  return new StrahlError('neverReturned', {
    title: `a function has not returned for ${String(hangAfter / 1000)} s`,
    ...(place === undefined ? {} : { step: place.name }),
    ...(site === undefined ? {} : { site }),
    position: '{where}',
    why: 'nothing else of the process can run meanwhile: no other step, no timer, no cancel',
    fix: 'give loops an end; strahl cancel JOB --force ends the process',
  }).message;
}
