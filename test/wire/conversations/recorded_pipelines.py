"""Pipelines whose conversation with the engine is recorded: recorded_pipelines.py NAME JOB_ENDPOINT POOL_ENDPOINT.

What is paced by the clock would be another conversation each time, so nothing here is.
"""
import os
import sys

import apache_beam as beam
from apache_beam.internal import cloudpickle_pickler
from apache_beam.io.restriction_trackers import OffsetRange, OffsetRestrictionTracker
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.transforms.core import RestrictionProvider
from apache_beam.transforms.timeutil import TimeDomain
from apache_beam.transforms.userstate import BagStateSpec, TimerSpec, on_timer
from apache_beam.transforms.window import FixedWindows, TimestampedValue
from apache_beam.utils.timestamp import Duration

# What is recorded names no folder of the machine that it was recorded on.
cloudpickle_pickler.DEFAULT_CONFIG.filepath_interceptor = os.path.basename

WORDS = 'the quick brown fox jumps over the lazy dog the end'.split(' ')


def map_and_group(p):
  return (
      p | beam.Create(WORDS, reshuffle=False) | beam.Map(lambda word: (len(word), word.upper()))
      | beam.GroupByKey() | beam.MapTuple(lambda length, words: f'{length}: {sorted(words)}'))


def lifted_combine(p):
  return (
      p | beam.Create(WORDS, reshuffle=False) | beam.Map(lambda word: (word, 1))
      | beam.CombinePerKey(sum) | beam.MapTuple(lambda word, n: f'{word} {n}'))


class Flush(beam.DoFn):
  SEEN = BagStateSpec('seen', beam.coders.VarIntCoder())
  FLUSH = TimerSpec('flush', TimeDomain.WATERMARK)

  def process(self, element, seen=beam.DoFn.StateParam(SEEN), flush=beam.DoFn.TimerParam(FLUSH)):
    seen.add(element[1])
    flush.set(8)

  @on_timer(FLUSH)
  def on_flush(self, key=beam.DoFn.KeyParam, seen=beam.DoFn.StateParam(SEEN)):
    for n in sorted(seen.read()):
      yield f'{key}: {n}'
    seen.clear()


def state_and_timers(p):
  return (
      p | beam.Create([1, 2, 3, 4, 5, 6], reshuffle=False)
      | beam.Map(lambda n: TimestampedValue(('odd' if n % 2 else 'even', n), n))
      | beam.WindowInto(FixedWindows(10)) | beam.ParDo(Flush()) | beam.Map(lambda text: text + '.'))


def side_inputs(p):
  lengths = p | 'Known' >> beam.Create([('fox', 3), ('dog', 3), ('quick', 5)], reshuffle=False)
  rest = p | 'Rest' >> beam.Create(['a', 'b', 'c'], reshuffle=False)
  return (
      p | beam.Create(WORDS, reshuffle=False) | beam.Map(
          lambda word, known, rest: f'{word} {known.get(word)} {"".join(sorted(rest))}',
          beam.pvalue.AsDict(lengths),
          beam.pvalue.AsIter(rest)))


class Countdown(beam.DoFn, RestrictionProvider):
  def initial_restriction(self, element):
    return OffsetRange(0, element)

  def create_tracker(self, restriction):
    return OffsetRestrictionTracker(restriction)

  def restriction_size(self, element, restriction):
    return restriction.size()

  def split(self, element, restriction):
    return [restriction]

  @beam.DoFn.unbounded_per_element()
  def process(self, element, tracker=beam.DoFn.RestrictionParam()):
    at = tracker.current_restriction().start
    while tracker.try_claim(at):
      yield element - at
      at += 1
      if at == 3:
        tracker.defer_remainder(Duration(0))
        return


def splittable(p):
  return (
      p | beam.Create([6], reshuffle=False) | beam.ParDo(Countdown())
      | beam.Map(lambda n: f'{n} to go'))


def main(name, jobs, pool):
  options = PipelineOptions([
      '--runner=PortableRunner',
      f'--job_endpoint={jobs}',
      '--environment_type=EXTERNAL',
      f'--environment_config={pool}',
  ])
  with beam.Pipeline(options=options) as p:
    # What nobody reads is not sent.
    _ = globals()[name.replace('-', '_')](p) | beam.Reshuffle() | 'End' >> beam.Map(str)


if __name__ == '__main__':
  main(*sys.argv[1:])
