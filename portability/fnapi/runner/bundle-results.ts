import { StrahlError } from '../../errors.js';
import type { BundleId } from '../../model/ids.js';
import type { Elements } from '../../proto/generated/fn-api.js';
import type { BundleOutcome } from '../connection.js';
import { ElementsInbox } from '../elements/elements-inbox.js';
import type { StagePorts } from '../elements/stage-ports.js';
import { TimersInbox } from '../elements/timers-proto.js';
import type { HarnessPeer } from './harness-peer.js';

/** A bundle that was answered before its outputs were complete. */
interface Incomplete {
  check(): void;
  fail(failure: Error): void;
}

/** The elements and timers that bundles give, until they are complete. */
export class BundleResults {
  readonly #outputs: ElementsInbox;
  readonly #timers: TimersInbox;
  readonly #incomplete = new Map<BundleId, Incomplete>();
  readonly #silence: HarnessPeer['silence'];
  /** Messages that have come. */
  #arrivals = 0;

  /** What belongs to a bundle of which `portsOf` knows no stage is not kept. */
  constructor(
    portsOf: (bundle: BundleId) => StagePorts | undefined,
    silence: HarnessPeer['silence'],
  ) {
    const onArrival = (bundle: BundleId): void => this.#incomplete.get(bundle)?.check();
    this.#outputs = new ElementsInbox(onArrival, portsOf);
    this.#timers = new TimersInbox(onArrival, (bundle) => portsOf(bundle) !== undefined);
    this.#silence = silence;
  }

  receive(elements: Elements): void {
    this.#arrivals++;
    this.#timers.add(elements);
    this.#outputs.add(elements);
  }

  /**
   * Resolves when all outputs and timers of an answered bundle have ended.
   *
   * @throws STRAHL-8001 for elements behind their end, or of a transform that is no port of the stage
   */
  async completed(bundle: BundleId, ports: StagePorts): Promise<void> {
    const isComplete = (): boolean =>
      this.#outputs.isComplete(bundle, ports.sinks) &&
      this.#timers.isComplete(bundle, ports.families);
    if (!isComplete()) {
      const watch = this.#watch(bundle);
      await new Promise<void>((resolve, reject) => {
        const check = (): void => {
          if (isComplete()) resolve();
        };
        this.#incomplete.set(bundle, { check, fail: reject });
      }).finally(() => {
        clearInterval(watch);
        this.#incomplete.delete(bundle);
      });
    }
    for (const transform of this.#outputs.transformsOf(bundle)) ports.of(transform);
    const twice = this.#outputs.endedTwice(bundle);
    if (twice === undefined) return;
    throw new StrahlError('protocolBroken', {
      title: `the harness sent more elements of ${twice} behind their end`,
    });
  }

  /** A harness that has answered a bundle, and then neither ends its outputs nor sends any, is lost. */
  #watch(bundle: BundleId): NodeJS.Timeout | undefined {
    const silence = this.#silence;
    if (silence === undefined) return undefined;
    let before = this.#arrivals;
    const watch = setInterval(() => {
      if (before === this.#arrivals) silence.onSilent(`it never ended the outputs of ${bundle}`);
      before = this.#arrivals;
    }, silence.limitMs);
    return watch.unref();
  }

  /** Takes out what a completed bundle has given. */
  take(bundle: BundleId, ports: StagePorts): Pick<BundleOutcome, 'outputs' | 'timers'> {
    return {
      outputs: this.#outputs.take(bundle, ports.sinks) ?? [],
      timers: this.#timers.take(bundle, ports.families),
    };
  }

  drop(bundle: BundleId): void {
    this.#outputs.drop(bundle);
    this.#timers.drop(bundle);
  }

  /** Nothing more will come for a bundle. */
  fail(bundle: BundleId, failure: Error): void {
    this.#incomplete.get(bundle)?.fail(failure);
  }

  failAll(failure: Error): void {
    for (const bundle of this.#incomplete.values()) bundle.fail(failure);
    this.#incomplete.clear();
  }
}
