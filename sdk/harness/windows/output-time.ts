import {
  addDuration,
  duration,
  formatTime,
  TIMESTAMP_MAX,
  type EventTime,
} from '#portability/model/time.js';
import type { Step } from '../steps/step.js';

/**
 * WIN-12: an output may not be earlier than its input by more than the allowed skew, in milliseconds.
 *
 * @throws STRAHL-4002 with Beam's words
 */
export function checkOutputTime(
  step: Step,
  output: EventTime,
  input: EventTime,
  skewMs: number,
  value: unknown,
): void {
  if (output <= TIMESTAMP_MAX) {
    // First without arithmetic: of times near the limits it is exact, and costs more than the element.
    if (output >= input || output >= addDuration(input, duration(-skewMs))) return;
  }
  throw step.error(
    'timestampOutOfBounds',
    {
      title:
        `Cannot output with timestamp ${formatTime(output)}. Output timestamps must be no earlier than ` +
        `the timestamp of the current input or timer (${formatTime(input)}) minus the allowed skew ` +
        `(${String(skewMs)} milliseconds) and no later than ${formatTime(TIMESTAMP_MAX)}`,
      fix: 'give a later time, or set allowedSkew; elements behind the watermark may then be dropped as late',
    },
    { value },
  );
}
