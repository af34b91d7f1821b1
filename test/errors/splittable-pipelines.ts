/** Splittable functions that are wrong on purpose, one per row of the bad-input table. */
import { pipeline, source, type Pipeline, type ReadContext } from 'strahl';

const never = (value: unknown): never => value as never;

const TEN = { from: 0, to: 10 };
type Ten = typeof TEN;
type Read = (r: Ten, c: ReadContext<unknown>) => void;

/** A source of the numbers below ten that does one thing wrong. */
const reading = (name: string, read: Read, more: object = {}): Pipeline =>
  pipeline(name, (p) => {
    p.read(source({ bounded: 'bounded', initial: () => TEN, read, ...more }));
  });

export const readless = pipeline('readless', (p) => {
  p.read(source(never({ bounded: 'bounded', initial: () => TEN })));
});
export const endless = pipeline('endless', (p) => {
  p.read(source(never({ initial: () => TEN, read: () => undefined })));
});
export const noTracker = pipeline('no-tracker', (p) => {
  const tracker = never({ claim: () => true });
  p.read(source({ bounded: 'bounded', initial: () => TEN, read: () => undefined, tracker }));
});
export const wordyIdle = pipeline('wordy-idle', (p) => {
  const idleAfter = never('a while');
  p.read(source({ bounded: 'unbounded', initial: () => TEN, read: () => undefined, idleAfter }));
});
export const backwardsTicks = pipeline('backwards-ticks', (p) => {
  p.generateSequence({ from: 5, to: 4, every: '1s' });
});
export const emptyPeriod = pipeline('empty-period', (p) => {
  p.periodicImpulse({ every: 0 });
});
export const keylessWatch = pipeline('keyless-watch', (p) => {
  p.watch(() => [1], never({ every: '1s' }));
});
export const untracked = reading('untracked', () => undefined, { initial: () => ({ page: 1 }) });
export const unclaimed = reading('unclaimed', (_, c) => {
  c.emit(1);
});
export const claimsBefore = reading('claims-before', (_, c) => {
  c.claim(-1);
});
export const claimsBackwards = reading('claims-backwards', (_, c) => {
  c.claim(3);
  c.claim(2);
});
export const claimsOn = reading('claims-on', (_, c) => {
  c.claim(10);
  c.claim(11);
});
export const returnsEarly = reading('returns-early', (_, c) => {
  if (c.claim(0)) c.emit(0);
});
export const fallingWatermark = reading('falling-watermark', (_, c) => {
  c.watermark(5);
  c.watermark(4);
});
export const disorderly = reading(
  'disorderly',
  (_, c) => {
    c.claim(0);
    c.emit('late', 5);
    c.emit('early', 4);
  },
  { watermark: 'monotonic' },
);
export const negativeSize = reading('negative-size', () => undefined, { size: () => -1 });
export const noRestriction = reading('no-restriction', () => undefined, {
  initial: () => undefined,
});
export const readThrows = reading('read-throws', () => {
  throw new Error('the disk is gone');
});
