// What the model says about a step with state and timers, for one program with a few choices.
import { GLOBAL_END, windowsOf } from './reference-windows.js';
import { END } from './reference.js';
import type { RefEvent, RefStrategy } from './script.js';

/** Sums up, and speaks when a timer fires or the window ends. */
export interface Program {
  /** Each element sets the event timer so far behind itself. */
  readonly flushAfter: number;
  /** Each element sets the processing timer so far from now. */
  readonly tickAfter: number;
  /** How often the event timer sets itself again. */
  readonly loops: number;
  /** Whether elements that are divisible by 16 clear both timers instead. */
  readonly clears: boolean;
}

interface Cell {
  readonly key: string;
  readonly max: number;
  readonly expiry: number;
  sum: number;
  rounds: number;
  flush?: number | undefined;
  tick?: { readonly due: number; readonly time: number } | undefined;
}

/** All that the program says, each line with its timestamp and the end of its window. */
export function evaluateProgram(
  program: Program,
  { windowFn, lateness }: Pick<RefStrategy, 'windowFn' | 'lateness'>,
  events: readonly RefEvent[],
): readonly string[] {
  const cells = new Map<string, Cell>();
  const lines: string[] = [];
  let watermark = -Infinity;
  let clock = 0;

  const say = ({ key, sum, max }: Cell, text: string, time: number): void => {
    lines.push(`${key} ${text} ${String(sum)} at ${String(time)} of ${String(max)}`);
  };
  /** TMR-3 and TMR-4: what is due fires, also what was set meanwhile. */
  const fireDue = (cell: Cell): void => {
    while (cell.flush !== undefined && cell.flush <= watermark) {
      const time = cell.flush;
      say(cell, 'flush', time);
      cell.sum = 0;
      // A timer that fires at the very end of its window has nothing more to wait for.
      const again = cell.rounds++ < program.loops && time < cell.expiry;
      cell.flush = again ? Math.min(time + program.flushAfter + 1, cell.expiry) : undefined;
    }
    // TMR-10: a window that is over has no processing timers.
    if (cell.tick === undefined || cell.tick.due > clock || watermark > cell.expiry) return;
    say(cell, 'tick', cell.tick.time);
    cell.tick = undefined;
  };
  const add = (key: string, value: number, time: number): void => {
    for (const { id: window, max } of windowsOf(windowFn, time)) {
      const expiry = Math.min(max + lateness, GLOBAL_END);
      // LATE-1
      if (expiry < watermark) continue;
      const id = `${key} ${window}`;
      const cell: Cell = cells.get(id) ?? { key, max, expiry, sum: 0, rounds: 0 };
      cells.set(id, cell);
      cell.sum += value;
      const clears = program.clears && value % 16 === 0;
      cell.flush = clears ? undefined : Math.min(time + program.flushAfter, expiry);
      cell.tick = clears ? undefined : { due: clock + program.tickAfter, time };
      fireDue(cell);
    }
  };
  for (const event of [...events, END]) {
    if (event.kind === 'elements') for (const e of event.elements) add(e.key, e.value, e.time);
    if (event.kind === 'clock') clock += event.by;
    if (event.kind === 'watermark') watermark = Math.max(watermark, event.time);
    for (const [id, cell] of [...cells]) {
      fireDue(cell);
      // TMR-11
      if (watermark <= cell.expiry) continue;
      say(cell, 'end', cell.max);
      cells.delete(id);
    }
  }
  return lines;
}
