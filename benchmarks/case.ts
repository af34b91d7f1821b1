import type { Timing } from './measure.js';

/** One bar: what was measured, what it is held against, and how much is allowed. */
export interface Case {
  readonly case: string;
  readonly unit: string;
  readonly ours: number;
  /** The peer's figure; the limit itself where there is no peer. */
  readonly peer: number;
  readonly limit: number;
  /** `ratio`: ours / peer ≤ limit. `speedup`: peer / ours ≥ limit. `absolute`: ours ≤ limit. */
  readonly bar: 'ratio' | 'speedup' | 'absolute';
  /** False for bytes and megabytes, which a slow machine does not change. */
  readonly calibrated: boolean;
  /** All samples' medians, for the reader. */
  readonly note?: string;
}

/** For what is told without a bar of its own. */
export const NO_LIMIT = Infinity;

export interface Benchmark {
  readonly name: string;
  /** One line for the list. */
  readonly about: string;
  run(): Promise<readonly Case[]>;
}

export function ratioCase(
  name: string,
  unit: string,
  r: { readonly ours: Timing; readonly peer: Timing },
  limit: number,
  bar: 'ratio' | 'speedup' = 'ratio',
): Case {
  const note = `medians ${r.ours.median.toFixed(1)} and ${r.peer.median.toFixed(1)}`;
  return {
    case: name,
    unit,
    ours: r.ours.best,
    peer: r.peer.best,
    limit,
    bar,
    calibrated: true,
    note,
  };
}

export function absoluteCase(name: string, unit: string, ours: number, limit: number): Case {
  const calibrated = unit.startsWith('ns') || unit === 'ms';
  return { case: name, unit, ours, peer: limit, limit, bar: 'absolute', calibrated };
}

export interface Judged {
  readonly name: string;
  readonly case: string;
  readonly unit: string;
  readonly ours: number;
  readonly peer: number;
  readonly ratio: number;
  readonly limit: number;
  readonly calibration: { readonly now: number; readonly frozen: number };
  readonly met: boolean;
}

export function judge(
  name: string,
  c: Case,
  calibration: { readonly now: number; readonly frozen: number; readonly factor: number },
): Judged {
  const factor = c.calibrated ? calibration.factor : 1;
  const ours = c.ours / factor;
  const peer = c.bar === 'absolute' ? c.peer : c.peer / factor;
  const ratio = c.bar === 'speedup' ? peer / ours : ours / peer;
  const met =
    c.bar === 'absolute'
      ? ours <= c.limit
      : c.bar === 'speedup'
        ? ratio >= c.limit
        : ratio <= c.limit;
  const { now, frozen } = calibration;
  const base = { name, case: c.case, unit: c.unit, ours, peer, ratio, limit: c.limit };
  return { ...base, calibration: { now, frozen }, met };
}
