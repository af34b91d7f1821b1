import type { Window } from '#portability/model/windows.js';
import type { KV } from '../../dofn/dofn.js';
import type { RunningStage } from '../stage/running-stage.js';
import type { Step } from '../steps/step.js';
import { Operator } from './operator.js';

/** Tells the engine which side windows are read with main windows (SID-1): `[nonce, window]` in and out. */
export class MapWindowsOperator extends Operator {
  readonly #map: (main: Window) => Window;

  constructor(stage: RunningStage, step: Step, map: (main: Window) => Window) {
    super(stage, step);
    this.#map = map;
  }

  override process(x: unknown): void {
    const [nonce, main] = x as KV<Uint8Array, Window>;
    let side: Window;
    try {
      side = this.#map(main);
    } catch (e) {
      throw this.step.wrap(e);
    }
    const { windows } = this.stage;
    // The answers are in the windows of the side input.
    this.stage.windows = [side];
    this.emits[0]!([nonce, side]);
    this.stage.windows = windows;
  }
}
