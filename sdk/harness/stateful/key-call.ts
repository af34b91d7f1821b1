import { NO_FIRING, type Pane } from '#portability/model/panes.js';
import { TIMESTAMP_MIN, type EventTime } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import type { Logger } from '../../dofn/dofn.js';
import type { BundleScope } from '../stage/bundle-scope.js';
import type { RunningStage } from '../stage/running-stage.js';
import type { Step } from '../steps/step.js';
import type { ContextOwner } from '../steps/step-context.js';
import type { BundleTimers } from './bundle-timers.js';
import { declaredHandles } from './declared-handles.js';
import { KeyScope, type LocatedKey } from './key-scope.js';
import { StatefulContext, type StatefulOwner } from './stateful-context.js';
import { cellsOf, type StatefulPlan } from './stateful-plan.js';
import type { TimerLine } from './timer-line.js';
import { TimerFamilyHandle, TimerHandle, type TimerSurroundings } from './timer-handles.js';

/**
 * What one call of a function with state sees: its key, its cells and timers, and the time that it is at. One
 * serves all calls that answer at once; each call that does not has one of its own until it has ended.
 */
export class KeyCall implements StatefulOwner, TimerSurroundings {
  readonly stage: RunningStage;
  readonly step: Step;
  readonly log: Logger;
  readonly scope: KeyScope;
  readonly timers: BundleTimers;
  readonly stateHandles: Readonly<Record<string, unknown>>;
  readonly timerHandles: Readonly<Record<string, unknown>>;
  context: StatefulContext;
  timestamp: EventTime = TIMESTAMP_MIN;
  pane: Pane = NO_FIRING;
  isExpiring = false;
  tag = '';
  firedAt: EventTime = 0 as EventTime;
  /** Fire time of the event timer whose callback this is. */
  firedFrom: EventTime | undefined = undefined;
  readonly #owner: ContextOwner;
  /** Of the timers that tell of the ends of windows, if elements set them. */
  readonly #endings: TimerLine | undefined;

  constructor(owner: ContextOwner, timers: BundleTimers, plan: StatefulPlan) {
    this.#owner = owner;
    this.stage = owner.stage;
    this.step = owner.step;
    this.log = owner.log;
    this.timers = timers;
    const { keyCoder, windowCoder, allowedLateness } = plan;
    this.scope = new KeyScope(owner.step.transform, keyCoder, windowCoder, allowedLateness);
    this.stateHandles = cellsOf(plan, this.scope, owner.step);
    this.timerHandles = this.#handlesOf(plan);
    this.context = new StatefulContext(this);
    this.#endings = plan.setsEndings ? timers.line(plan.expiration) : undefined;
  }

  #handlesOf({ fn }: StatefulPlan): Readonly<Record<string, unknown>> {
    const handles = Object.entries(fn.timers).map(([name, { domain, tagged }]) => {
      const Handle = tagged ? TimerFamilyHandle : TimerHandle;
      return [name, new Handle(this, name, domain)] as const;
    });
    return declaredHandles(this.step, 'timers', handles);
  }

  get currentKey(): unknown {
    return this.scope.key;
  }

  get firing(): { readonly tag: string; readonly firedAt: EventTime } {
    return this;
  }

  get base(): EventTime {
    return this.firedFrom ?? this.timestamp;
  }

  get isFiring(): boolean {
    return this.firedFrom !== undefined;
  }

  sidesFor(window: Window): Readonly<Record<string, unknown>> {
    return this.#owner.sidesFor(window);
  }

  open({ state }: BundleScope): void {
    this.endFiring();
    this.scope.open(state);
  }

  /** Starts a call for a key, in the window and at the time that the stage is at. */
  begin(located: LocatedKey): void {
    const { timestamp, pane, windows } = this.stage;
    this.timestamp = timestamp;
    this.pane = pane;
    this.scope.enter(located, windows[0]!);
  }

  /** Starts the call of an element. */
  beginElement(located: LocatedKey): void {
    this.begin(located);
    if (this.#endings === undefined) return;
    const { scope } = this;
    // TMR-11: told when the window is over for late elements too, at the last time of the window.
    const { expiry, window } = scope;
    this.timers.set(scope, this.#endings, '', expiry, window.maxTimestamp, NO_FIRING);
  }

  /** The call goes on when the stage is elsewhere. */
  goOn(): void {
    const { timestamp, pane, windows } = this.stage;
    this.context.detach({ timestamp, pane, windows });
  }

  /** The call has ended: what it wrote goes to the runner, and its context is nobody's any more. */
  end(): void {
    this.scope.leave();
    this.renew();
  }

  renew(): void {
    this.context = new StatefulContext(this);
  }

  endFiring(): void {
    // Timers fire behind the elements, so what the last one left would be taken for an element's.
    this.firedFrom = undefined;
    this.isExpiring = false;
  }
}
