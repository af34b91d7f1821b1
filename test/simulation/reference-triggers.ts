// What the model says about triggers, row by row of its table; a part of the reference.
import type { TriggerSpec } from '#portability/model/triggers.js';

/** The state of one trigger and those below it. */
export interface Machine {
  finished: boolean;
  count: number;
  wake: number | undefined;
  subs: Machine[];
}

const floorMod = (a: number, b: number): number => ((a % b) + b) % b;

export function subsOf(spec: TriggerSpec): readonly TriggerSpec[] {
  switch (spec.kind) {
    case 'after-all':
    case 'after-any':
    case 'after-each':
      return spec.subtriggers;
    case 'or-finally':
      return [spec.main, spec.finally];
    case 'repeat':
      return [spec.subtrigger];
    case 'after-end-of-window':
      return [spec.early ?? { kind: 'never' }, spec.late ?? { kind: 'never' }];
    default:
      return [];
  }
}

export function machineOf(spec: TriggerSpec): Machine {
  return { finished: false, count: 0, wake: undefined, subs: subsOf(spec).map(machineOf) };
}

function clear(spec: TriggerSpec, m: Machine): void {
  Object.assign(m, machineOf(spec));
}

export interface Moment {
  readonly watermark: number;
  readonly clock: number;
  readonly max: number;
  readonly merging: boolean;
}

export function onElement(spec: TriggerSpec, m: Machine, now: Moment): void {
  const subs = subsOf(spec);
  const each = (i: number): void => onElement(subs[i]!, m.subs[i]!, now);
  const first = m.subs.findIndex((sub) => !sub.finished);
  m.count++;
  switch (spec.kind) {
    case 'after-processing-time':
      if (m.wake === undefined) m.wake = wakeOf(spec, now.clock);
      return;
    case 'after-synchronized-processing-time':
      m.wake ??= now.clock;
      return;
    case 'after-end-of-window':
      // The early trigger of a passed end is finished; `first` is then the late one.
      if (now.merging) [0, 1].forEach(each);
      else if (first >= 0) each(first);
      return;
    case 'after-each':
      if (now.merging) subs.forEach((_, i) => each(i));
      else if (first >= 0) each(first);
      return;
    case 'after-all':
      subs.forEach((_, i) => {
        if (!m.subs[i]!.finished) each(i);
      });
      return;
    default:
      subs.forEach((_, i) => each(i));
  }
}

function wakeOf(spec: TriggerSpec & { kind: 'after-processing-time' }, clock: number): number {
  let wake = clock;
  for (const step of spec.transforms) {
    if (step.kind === 'delay') wake += step.delay;
    else wake += floorMod(-(wake - step.offset), step.period);
  }
  return wake;
}

export function shouldFire(spec: TriggerSpec, m: Machine, now: Moment): boolean {
  const subs = subsOf(spec);
  const ready = (i: number): boolean => shouldFire(subs[i]!, m.subs[i]!, now);
  const done = (i: number): boolean => m.subs[i]!.finished || ready(i);
  switch (spec.kind) {
    case 'default':
      return now.watermark > now.max;
    case 'never':
    case 'unknown':
      return false;
    case 'always':
      return m.count > 0;
    case 'element-count':
      return m.count >= spec.count;
    case 'after-processing-time':
    case 'after-synchronized-processing-time':
      return m.wake !== undefined && now.clock > m.wake;
    case 'after-end-of-window':
      return m.subs[0]!.finished ? ready(1) : ready(0) || now.watermark > now.max;
    case 'after-all':
      return subs.every((_, i) => done(i));
    case 'after-any':
      return subs.some((_, i) => done(i));
    case 'after-each': {
      const first = m.subs.findIndex((sub) => !sub.finished);
      return first >= 0 && ready(first);
    }
    case 'or-finally':
      return ready(0) || ready(1);
    case 'repeat':
      return ready(0);
  }
}

export function onFire(spec: TriggerSpec, m: Machine, now: Moment): void {
  const subs = subsOf(spec);
  const fire = (i: number): void => onFire(subs[i]!, m.subs[i]!, now);
  const reset = (i: number): void => clear(subs[i]!, m.subs[i]!);
  const ready = (i: number): boolean => shouldFire(subs[i]!, m.subs[i]!, now);
  m.count = 0;
  m.wake = undefined;
  switch (spec.kind) {
    case 'element-count':
    case 'after-processing-time':
    case 'after-synchronized-processing-time':
      m.finished = true;
      return;
    case 'after-end-of-window':
      onFireOfEnd(spec, m, now);
      return;
    case 'after-all':
      subs.forEach((_, i) => fire(i));
      m.finished = true;
      return;
    case 'after-any':
      subs.forEach((_, i) => (ready(i) ? fire(i) : reset(i)));
      m.finished = true;
      return;
    case 'after-each': {
      const first = m.subs.findIndex((sub) => !sub.finished);
      fire(first);
      const finished = m.subs.map((sub) => sub.finished);
      if (now.merging) {
        subs.forEach((_, i) => {
          reset(i);
          m.subs[i]!.finished = finished[i]!;
        });
      }
      m.finished = finished.every(Boolean);
      return;
    }
    case 'or-finally':
      if (ready(1)) {
        fire(1);
        reset(0);
      } else fire(0);
      m.finished = m.subs.some((sub) => sub.finished);
      return;
    case 'repeat':
      fire(0);
      if (m.subs[0]!.finished) reset(0);
      return;
    default:
  }
}

function onFireOfEnd(
  spec: TriggerSpec & { kind: 'after-end-of-window' },
  m: Machine,
  now: Moment,
): void {
  const [early, late] = subsOf(spec) as [TriggerSpec, TriggerSpec];
  const [earlyState, lateState] = m.subs as [Machine, Machine];
  if (earlyState.finished) {
    onFire(late, lateState, now);
    clear(late, lateState);
  } else if (now.watermark > now.max) {
    clear(early, earlyState);
    earlyState.finished = true;
    clear(late, lateState);
    if (spec.late === undefined) m.finished = true;
  } else {
    onFire(early, earlyState, now);
    clear(early, earlyState);
  }
}

/** The machine of the merged window. */
export function merged(spec: TriggerSpec, ms: readonly Machine[], now: Moment): Machine {
  const subs = subsOf(spec);
  const wakes = ms.map(({ wake }) => wake).filter((wake) => wake !== undefined);
  const m: Machine = {
    finished: ms.every(({ finished }) => finished),
    count: ms.reduce((sum, { count }) => sum + count, 0),
    wake: wakes.length === 0 ? undefined : Math.min(...wakes),
    subs: subs.map((sub, i) =>
      merged(
        sub,
        ms.map((each) => each.subs[i]!),
        now,
      ),
    ),
  };
  const passed = now.watermark > now.max;
  if (spec.kind === 'after-end-of-window') {
    // Back to early unless all had passed the end and the new end is reached, too.
    const late = ms.every(({ subs: [early] }) => early!.finished) && passed;
    if (!late) clear(subs[0]!, m.subs[0]!);
    if (!late) clear(subs[1]!, m.subs[1]!);
    if (!late) ms.forEach((each) => each.subs[0]!.finished || add(m.subs[0]!, each.subs[0]!));
    m.subs[0]!.finished = late;
    m.finished = late && spec.late === undefined;
  }
  if (spec.kind === 'after-all') m.finished = m.subs.every(({ finished }) => finished);
  if (spec.kind === 'after-any' || spec.kind === 'or-finally') {
    m.finished = m.subs.some(({ finished }) => finished);
  }
  return m;
}

function add(to: Machine, from: Machine): void {
  to.count += from.count;
  if (from.wake !== undefined) to.wake = Math.min(to.wake ?? Infinity, from.wake);
  from.subs.forEach((sub, i) => add(to.subs[i]!, sub));
}
