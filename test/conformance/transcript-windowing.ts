import { duration } from '../../portability/model/time.js';
import type { TriggerSpec } from '../../portability/model/triggers.js';
import type { WindowFnSpec, WindowingStrategy } from '../../portability/model/windowing.js';
import { TENS } from '../../runners/core/input/frames.fixture.js';
import type { Transcript } from './transcript-driver.js';
import { parseCall, triggerOf } from './transcript-syntax.js';

const COMBINERS: Readonly<Record<string, WindowingStrategy['timestampCombiner']>> = {
  OUTPUT_AT_EOW: 'end-of-window',
  OUTPUT_AT_EARLIEST: 'earliest',
  OUTPUT_AT_LATEST: 'latest',
  OUTPUT_AT_EARLIEST_TRANSFORMED: 'earliest',
};

export function windowingOf(transcript: Transcript): WindowingStrategy {
  const windowFn = windowFnOf(transcript.window_fn ?? 'GlobalWindows');
  const trigger: TriggerSpec = triggerOf(parseCall(transcript.trigger_fn ?? 'Default'));
  return {
    ...TENS,
    windowFn,
    trigger,
    mergeStatus: windowFn.kind === 'sessions' ? 'needs-merge' : 'non-merging',
    accumulation: transcript.accumulation_mode ?? 'accumulating',
    timestampCombiner: COMBINERS[transcript.timestamp_combiner ?? 'OUTPUT_AT_EOW']!,
    allowedLateness: duration((transcript.allowed_lateness ?? 0) * 1000),
  };
}

function windowFnOf(text: string): WindowFnSpec {
  const { name, numbers } = parseCall(text);
  const seconds = duration((numbers[0] ?? 0) * 1000);
  if (name === 'GlobalWindows') return { kind: 'global' };
  if (name === 'Sessions') return { kind: 'sessions', gap: seconds };
  return { kind: 'fixed', size: seconds, offset: duration(0) };
}
