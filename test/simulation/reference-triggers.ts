// What the model says about triggers, row by row of its table; a part of the reference.
import type { TimestampTransform, TriggerSpec } from '#portability/model/triggers.js';

/** The state of one trigger and those below it. */
export interface Machine {
  finished: boolean;
  count: number;
  wake: number | undefined;
  subs: Machine[];
}

export interface Moment {
  readonly watermark: number;
  readonly clock: number;
  readonly max: number;
  readonly merging: boolean;
}

const NEVER: TriggerSpec = { kind: 'never' };

export function subsOf(spec: TriggerSpec): readonly TriggerSpec[] {
  if ('subtriggers' in spec) return spec.subtriggers;
  if (spec.kind === 'or-finally') return [spec.main, spec.finally];
  if (spec.kind === 'repeat') return [spec.subtrigger];
  if (spec.kind === 'after-end-of-window') return [spec.early ?? NEVER, spec.late ?? NEVER];
  return [];
}

export function machineOf(spec: TriggerSpec): Machine {
  return { finished: false, count: 0, wake: undefined, subs: subsOf(spec).map(machineOf) };
}

const isFinished = ({ finished }: Machine): boolean => finished;
const firstOpen = ({ subs }: Machine): number => subs.findIndex((sub) => !sub.finished);

export function onElement(spec: TriggerSpec, m: Machine, now: Moment): void {
  m.count++;
  if (spec.kind === 'after-processing-time') m.wake ??= now.clock + delayOf(spec.transforms);
  const first = firstOpen(m);
  const inTurn = spec.kind === 'after-each' || spec.kind === 'after-end-of-window';
  subsOf(spec).forEach((sub, i) => {
    const isOpen = spec.kind !== 'after-all' || !m.subs[i]!.finished;
    if (inTurn ? now.merging || i === first : isOpen) onElement(sub, m.subs[i]!, now);
  });
}

const delayOf = (steps: readonly TimestampTransform[]): number =>
  steps.reduce((sum, step) => sum + (step.kind === 'delay' ? step.delay : NaN), 0);

export function shouldFire(spec: TriggerSpec, m: Machine, now: Moment): boolean {
  const subs = subsOf(spec);
  const ready = (i: number): boolean => shouldFire(subs[i]!, m.subs[i]!, now);
  switch (spec.kind) {
    case 'default':
      return now.watermark > now.max;
    case 'always':
      return m.count > 0;
    case 'element-count':
      return m.count >= spec.count;
    case 'after-processing-time':
      return m.wake !== undefined && now.clock > m.wake;
    case 'after-end-of-window':
      return m.subs[0]!.finished ? ready(1) : ready(0) || now.watermark > now.max;
    case 'after-all':
      return m.subs.every((sub, i) => sub.finished || ready(i));
    case 'after-each':
      return firstOpen(m) >= 0 && ready(firstOpen(m));
    default:
      return subs.some((_, i) => ready(i));
  }
}

export function onFire(spec: TriggerSpec, m: Machine, now: Moment): void {
  const subs = subsOf(spec);
  const ready = subs.map((sub, i) => shouldFire(sub, m.subs[i]!, now));
  const fire = (i: number): void => onFire(subs[i]!, m.subs[i]!, now);
  const reset = (i: number, finished = false): unknown =>
    Object.assign(m.subs[i]!, machineOf(subs[i]!), { finished });
  m.count = 0;
  m.wake = undefined;
  switch (spec.kind) {
    case 'element-count':
    case 'after-processing-time':
      m.finished = true;
      return;
    case 'after-end-of-window':
      if (m.subs[0]!.finished) reset(1);
      else if (now.watermark <= now.max) reset(0);
      else {
        reset(0, true);
        reset(1);
        m.finished = spec.late === undefined;
      }
      return;
    case 'after-all':
    case 'after-any':
      subs.forEach((_, i) => (spec.kind === 'after-all' || ready[i]! ? fire(i) : reset(i)));
      m.finished = true;
      return;
    case 'after-each':
      fire(firstOpen(m));
      if (now.merging) m.subs.forEach(clear);
      m.finished = m.subs.every(isFinished);
      return;
    case 'or-finally':
      fire(ready[1]! ? 1 : 0);
      if (ready[1]!) reset(0);
      m.finished = m.subs.some(isFinished);
      return;
    case 'repeat':
      fire(0);
      if (m.subs[0]!.finished) reset(0);
      return;
    default:
  }
}

/** Forgets what was counted and waited for; what is finished stays so. */
function clear(m: Machine): void {
  m.count = 0;
  m.wake = undefined;
  m.subs.forEach(clear);
}

/** The machine of the merged window. */
export function merged(spec: TriggerSpec, ms: readonly Machine[], now: Moment): Machine {
  const subs = subsOf(spec).map((sub, i) => merged(sub, partsOf(ms, i), now));
  const m = add({ ...machineOf(spec), finished: ms.every(isFinished) }, ms);
  m.subs = subs;
  if (spec.kind === 'after-all') m.finished = subs.every(isFinished);
  if (spec.kind === 'after-any' || spec.kind === 'or-finally') m.finished = subs.some(isFinished);
  if (spec.kind !== 'after-end-of-window') return m;
  // Back to early unless all had passed the end and the new end is reached, too.
  const earlies = partsOf(ms, 0);
  const late = earlies.every(isFinished) && now.watermark > now.max;
  if (!late) m.subs = machineOf(spec).subs;
  const waiting = earlies.filter((part) => !part.finished);
  Object.assign(late ? m.subs[0]! : add(m.subs[0]!, waiting), { finished: late });
  m.finished = late && spec.late === undefined;
  return m;
}

const partsOf = (ms: readonly Machine[], i: number): Machine[] => ms.map(({ subs }) => subs[i]!);

/** What was counted and waited for, all the way down. */
function add(to: Machine, ms: readonly Machine[]): Machine {
  for (const { count, wake } of ms) {
    to.count += count;
    if (wake !== undefined) to.wake = Math.min(to.wake ?? Infinity, wake);
  }
  to.subs.forEach((sub, i) => add(sub, partsOf(ms, i)));
  return to;
}
