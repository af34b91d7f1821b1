import { setImmediate } from 'node:timers';
import { PROCESS_CLOCK } from '../../dofn/process-clock.js';
import type { HarnessClock } from '../stage/bundle-scope.js';

/** The clock of this process; a yield lets a turn of its event loop go by. */
export const SYSTEM_CLOCK: HarnessClock = Object.freeze({
  ...PROCESS_CLOCK,
  monotonic: () => performance.now(),
  yield: () => new Promise<void>((resolve) => setImmediate(resolve)),
});
