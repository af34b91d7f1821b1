import type { ElementCoder } from '#portability/coders/coder.js';
import { isStrahlError, StrahlError } from '#portability/errors.js';
import { NO_FIRING } from '#portability/model/panes.js';
import { TIMESTAMP_MIN } from '#portability/model/time.js';
import type {
  TestElement,
  TestStreamEvent,
  TestStreamSpec,
} from '#portability/model/transform-spec.js';
import type { Window } from '#portability/model/windows.js';
import { FrameWriter } from '#portability/wire/frame-writer.js';
import type { Frame } from '#portability/wire/frames.js';
import { ByteReader } from '#portability/wire/reader.js';
import type { TestEvent } from './plan.js';
import type { Step } from './step.js';

/** How the elements of one output of a test stream are written. */
export interface TestOutput {
  /** Local name of the output. */
  readonly tag: string;
  /** Whether it is the first output of its stream, and whether it is the only one. */
  readonly first: boolean;
  readonly only: boolean;
  readonly coder: ElementCoder<unknown>;
  readonly windowCoder: ElementCoder<Window>;
}

/**
 * What one output of a test stream does, in order. The first output also moves the clock, and every one
 * ends when the last event of the stream is over (TST-2).
 *
 * @throws STRAHL-1003 for a watermark that goes back, and for an element that its coder does not read
 */
export function testScript(spec: TestStreamSpec, step: Step, output: TestOutput): TestEvent[] {
  const script: TestEvent[] = [];
  let watermark = TIMESTAMP_MIN;
  spec.events.forEach((event, position) => {
    const own = testEvent(event, position, step, output);
    if (own.kind === 'pass') return;
    if (own.kind === 'watermark') {
      if (own.time < watermark) {
        throw broken(step, `its watermark goes back at event ${String(position + 1)}`);
      }
      watermark = own.time;
    }
    script.push(own);
  });
  script.push({ kind: 'end', position: spec.events.length });
  return script;
}

/** What an event is to one output of its stream. @throws STRAHL-1003 for an element that its coder does not read */
export function testEvent(
  event: TestStreamEvent,
  position: number,
  step: Step,
  output: TestOutput,
): TestEvent {
  if (event.kind === 'processing-time') {
    if (!output.first) return { kind: 'pass', position };
    return { kind: event.kind, position, advance: event.advance };
  }
  // A stream of one output may leave its tag away, or call it by another name.
  if (!output.only && event.tag !== output.tag) return { kind: 'pass', position };
  if (event.kind === 'watermark') return { kind: event.kind, position, time: event.time };
  return { kind: event.kind, position, frames: testFrames(event.elements, step, output) };
}

/** Elements as the engine carries them. */
function testFrames(
  elements: readonly TestElement[],
  step: Step,
  { coder, windowCoder }: Pick<TestOutput, 'coder' | 'windowCoder'>,
): readonly Frame[] {
  const writer = new FrameWriter({ windowCoder, keyed: false });
  const window = new Uint8Array(0);
  for (const { bytes, timestamp } of elements) {
    const out = writer.beginRaw(timestamp, window, NO_FIRING);
    try {
      // The script has outer bytes, and between stages elements must tell where they end.
      coder.encode(coder.decodeOuter(new ByteReader(bytes)), out);
    } catch (cause) {
      throw broken(step, isStrahlError(cause) ? cause.title : 'an element cannot be read', cause);
    }
    writer.end();
  }
  return writer.flush();
}

function broken({ origin }: Step, why: string, cause?: unknown): StrahlError {
  return new StrahlError('brokenGraph', {
    title: `the test stream "${origin.name}" cannot be followed`,
    step: origin.name,
    ...(origin.site === undefined ? {} : { site: origin.site }),
    why,
    ...(cause === undefined ? {} : { cause }),
  });
}
