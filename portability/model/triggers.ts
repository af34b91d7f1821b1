import type { Duration } from './time.js';

/**
 * How a time of firing follows from that of an element.
 *
 * @example
 * ```ts
 * import { duration, type TimestampTransform } from 'strahl/portability';
 * const nextMinute: TimestampTransform = {
 *   kind: 'align-to',
 *   period: duration(60_000),
 *   offset: duration(0),
 * };
 * ```
 */
export type TimestampTransform =
  | { readonly kind: 'delay'; readonly delay: Duration }
  | { readonly kind: 'align-to'; readonly period: Duration; readonly offset: Duration };

/**
 * What a user asked for; frozen data. The running state of one key and window is a machine.
 *
 * @example
 * ```ts
 * import type { TriggerSpec } from 'strahl/portability';
 * const everyHundred: TriggerSpec = {
 *   kind: 'repeat',
 *   subtrigger: { kind: 'element-count', count: 100 },
 * };
 * ```
 */
export type TriggerSpec =
  | { readonly kind: 'default' }
  | { readonly kind: 'never' }
  | { readonly kind: 'always' }
  | { readonly kind: 'element-count'; readonly count: number }
  | {
      readonly kind: 'after-end-of-window';
      readonly early?: TriggerSpec;
      readonly late?: TriggerSpec;
    }
  | { readonly kind: 'after-processing-time'; readonly transforms: readonly TimestampTransform[] }
  | { readonly kind: 'after-synchronized-processing-time' }
  | { readonly kind: 'after-all'; readonly subtriggers: readonly TriggerSpec[] }
  | { readonly kind: 'after-any'; readonly subtriggers: readonly TriggerSpec[] }
  | { readonly kind: 'after-each'; readonly subtriggers: readonly TriggerSpec[] }
  | { readonly kind: 'or-finally'; readonly main: TriggerSpec; readonly finally: TriggerSpec }
  | { readonly kind: 'repeat'; readonly subtrigger: TriggerSpec }
  /** Of a newer Beam: passed on as the message it came as, refused by every runner. */
  | { readonly kind: 'unknown'; readonly proto: Uint8Array };

export const DEFAULT_TRIGGER: TriggerSpec = Object.freeze({ kind: 'default' });

/** Whether the end of the window is one of the things that fire a trigger. */
export function asksForEnd(trigger: TriggerSpec): boolean {
  switch (trigger.kind) {
    case 'default':
    case 'after-end-of-window':
      return true;
    case 'after-all':
    case 'after-any':
    case 'after-each':
      return trigger.subtriggers.some(asksForEnd);
    case 'or-finally':
      return asksForEnd(trigger.main) || asksForEnd(trigger.finally);
    case 'repeat':
      return asksForEnd(trigger.subtrigger);
    default:
      return false;
  }
}
