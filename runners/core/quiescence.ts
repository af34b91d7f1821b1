import { StrahlError } from '#portability/errors.js';
import { formatTime, TIMESTAMP_MAX } from '#portability/model/time.js';
import type { RunningStage } from './stages/running-stage.js';
import type { Holder } from './time/watermarks.js';

/** WM-8: nothing waits, nothing runs, and every watermark is at its end. */
export function isDone(stages: readonly RunningStage[]): boolean {
  return stages.every(
    (stage) => stage.pendingElements === 0 && stage.watermarks.output === TIMESTAMP_MAX,
  );
}

/** WM-11: the error of a job in which nothing can move although work is left. */
export function stuckError(stages: readonly RunningStage[]): StrahlError {
  const first = stages.find(
    (stage) => stage.pendingElements > 0 || stage.watermarks.output !== TIMESTAMP_MAX,
  );
  return new StrahlError('stuck', {
    title: 'nothing can progress but work is left',
    ...(first === undefined ? {} : { step: first.planned.name }),
    why: stages.map((stage) => describeStage(stage, stages)).join('\n'),
  });
}

/** One line: watermarks, what holds them, and what waits. */
function describeStage(stage: RunningStage, stages: readonly RunningStage[]): string {
  const { planned, watermarks, pendingElements, pendingBytes } = stage;
  const { upstream, input, output, inputHolder, outputHolder } = watermarks;
  return [
    `${planned.id} ${planned.kind} "${planned.name}"`,
    `upstream ${formatTime(upstream)}`,
    `input ${formatTime(input)} held by ${describeHolder(inputHolder, stages)}`,
    `output ${formatTime(output)} held by ${describeHolder(outputHolder, stages)}`,
    `${String(pendingElements)} pending (${String(pendingBytes)} bytes)`,
  ].join('; ');
}

function describeHolder(holder: Holder, stages: readonly RunningStage[]): string {
  const nameOf = (id: string): string =>
    `"${stages.find((s) => s.planned.id === id)?.planned.name ?? id}"`;
  switch (holder.kind) {
    case 'start':
      return 'nothing yet';
    case 'upstream':
      return `the output of ${nameOf(holder.stage)}`;
    case 'pending':
      return 'a waiting element';
    case 'side-input':
      return `an element that waits for ${nameOf(holder.view)}`;
    case 'bundle':
      return `the running bundle ${holder.bundle}`;
    case 'input':
      return 'its input';
    case 'hold':
      return holder.reason === 'pane' ? 'a pane that is not out' : 'the final pane of a window';
    case 'restriction':
      return restrictionText(holder);
    case 'timer':
      return `a timer of "${holder.family}" of key ${keyText(holder.key)}`;
    case 'window-expiration':
      return 'a key whose window has not ended';
    case 'test-stream':
      return 'the script of a test stream';
    case 'done':
      return 'nothing: done';
  }
}

/** Keys are known by their bytes alone; those of texts can be read. */
function keyText(key: Uint8Array): string {
  return JSON.stringify(Buffer.from(key.subarray(0, 64)).toString('latin1'));
}

function restrictionText({
  part,
  idle,
}: Extract<Holder, { readonly kind: 'restriction' }>): string {
  const which =
    part === undefined ? 'an unfinished restriction' : `unfinished restriction ${String(part)}`;
  return idle > 0 ? `${which} (${String(idle)} idle ones left out)` : which;
}
