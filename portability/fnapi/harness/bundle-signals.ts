import { getEventListeners } from 'node:events';

/** Signals of bundles that are over and listened to, beyond which it is looked whether somebody still does. */
const FIRST_LOOK = 64;

/**
 * The signals of the bundles of one job. Each may be aborted alone, and all of them with the job, also those of
 * bundles that are over: what a function began there ends then.
 *
 *   A1. The signal of a bundle that is over takes no memory once nobody holds it or listens to it, however long the job
 *       runs. (`AbortSignal.any` keeps a little of each for as long as its sources live.)
 *   A2. Whoever listens to a signal need not hold it.
 */
export class BundleSignals {
  readonly #running = new Set<AbortController>();
  /** Of bundles that are over, A2. */
  readonly #listened = new Set<AbortController>();
  /** Of other bundles that are over. */
  readonly #over = new Set<WeakRef<AbortSignal>>();
  /** A controller of `#over` lives as long as its signal. */
  readonly #controllers = new WeakMap<AbortSignal, AbortController>();
  readonly #collected = new FinalizationRegistry<WeakRef<AbortSignal>>((signal) => {
    this.#over.delete(signal);
  });
  #lookAt = FIRST_LOOK;
  #failure: { readonly reason: unknown } | undefined;

  /** Signals of which something is kept. */
  get size(): number {
    return this.#running.size + this.#listened.size + this.#over.size;
  }

  /** What a bundle is aborted with; aborted already if its job is. */
  open(): AbortController {
    const controller = new AbortController();
    if (this.#failure === undefined) this.#running.add(controller);
    else controller.abort(this.#failure.reason);
    return controller;
  }

  /** The bundle is over. */
  close(controller: AbortController): void {
    if (!this.#running.delete(controller) || controller.signal.aborted) return;
    if (isListenedTo(controller)) {
      this.#listened.add(controller);
      if (this.#listened.size >= this.#lookAt) this.#look();
    } else this.#letGo(controller);
  }

  abortAll(reason: unknown): void {
    this.#failure ??= { reason };
    for (const controller of [...this.#running, ...this.#listened]) controller.abort(reason);
    for (const weak of this.#over) {
      const signal = weak.deref();
      if (signal !== undefined) this.#controllers.get(signal)?.abort(reason);
    }
    for (const signals of [this.#running, this.#listened, this.#over]) signals.clear();
  }

  #look(): void {
    for (const controller of this.#listened) {
      if (isListenedTo(controller)) continue;
      this.#listened.delete(controller);
      this.#letGo(controller);
    }
    this.#lookAt = Math.max(FIRST_LOOK, 2 * this.#listened.size);
  }

  #letGo(controller: AbortController): void {
    const { signal } = controller;
    const weak = new WeakRef(signal);
    this.#over.add(weak);
    this.#controllers.set(signal, controller);
    this.#collected.register(signal, weak);
  }
}

function isListenedTo({ signal }: AbortController): boolean {
  return signal.onabort !== null || getEventListeners(signal, 'abort').length > 0;
}
