import type { EventTime } from '#portability/model/time.js';
import { StepContext, type ContextOwner } from '../steps/step-context.js';

/** What the context of a step with state asks of its operator. */
export interface StatefulOwner extends ContextOwner {
  readonly currentKey: unknown;
  readonly stateHandles: Readonly<Record<string, unknown>>;
  readonly timerHandles: Readonly<Record<string, unknown>>;
  /** Of the timer whose callback runs. */
  readonly firing: { readonly tag: string; readonly firedAt: EventTime };
}

/** The context of a function with state and timers: that of every function, and the key's own. */
export class StatefulContext extends StepContext {
  readonly #owner: StatefulOwner;

  constructor(owner: StatefulOwner) {
    super(owner);
    this.#owner = owner;
  }

  get key(): unknown {
    return this.#owner.currentKey;
  }

  get state(): Readonly<Record<string, unknown>> {
    return this.#owner.stateHandles;
  }

  get timers(): Readonly<Record<string, unknown>> {
    return this.#owner.timerHandles;
  }

  get tag(): string {
    return this.#owner.firing.tag;
  }

  get firedAt(): EventTime {
    return this.#owner.firing.firedAt;
  }
}
