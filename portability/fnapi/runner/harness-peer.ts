import type { StageId } from '../../model/ids.js';
import type { StageDescriptor } from '../connection.js';
import type { Service } from '../link.js';

/** The way from a runner to a harness. */
export interface HarnessLink {
  /** A promise resolves when there is room for more. */
  toHarness(service: Service, message: Uint8Array): void | Promise<void>;
}

/** What a runner must know of the harness at the other end of its link. */
export interface HarnessPeer {
  /** Ends the transport: the Fn API has no message for it. */
  close(failure: unknown): void | Promise<void>;
  /** Offers stages to a harness that asks for them. Absent: they are sent to it. */
  readonly offer?: (stages: readonly StageDescriptor[]) => void;
  /** What the harness calls a stage. Default: its id. */
  readonly descriptorId?: (stage: StageId) => string;
  /** Obeys the fields that the Fn API does not have: limits of bundles, and orders to end one. Default true. */
  readonly obeysLimits?: boolean;
  /** Keeps state from bundle to bundle where it is given a token for it. Default: if it obeys limits, as ours does. */
  readonly keepsState?: boolean;
  /** Takes the elements of a small bundle with its request. Default false. */
  readonly takesEmbedded?: boolean;
  /** A harness that is asked something and says nothing for so long is lost. Default: it may be silent. */
  readonly silence?: {
    readonly limitMs: number;
    /** It has been silent for half of the time. */
    readonly onQuiet?: () => void;
    readonly onSilent: (what: string) => void;
  };
}
