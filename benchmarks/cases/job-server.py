"""Runs a pipeline of the Python SDK: job-server.py WORK RUNNER FOLDER, where RUNNER is `local` or host:port of a Job
service, and FOLDER holds lines.txt and few.txt. Runs a small pipeline first and prints `ready`; then, for each line
that it reads, the real one, and prints the seconds from its submission to its end. Wrong results end it."""
import sys
import time

import apache_beam as beam
from apache_beam.metrics import Metrics
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.runners.portability import stager

# Every job would ask pip for the installed packages, which takes longer than a small job.
stager.Stager._create_stage_submission_env_dependencies = staticmethod(lambda folder: [])

WORDS_OF_A_LINE = 4
KEYS = 10_000


def count(number):
  Metrics.counter('job-server', 'counted').inc(number)


def words(p, folder, elements):
  lines = folder + ('/lines.txt' if elements == 1_000_000 else '/few.txt')
  return (
      p
      | 'read' >> beam.io.ReadFromText(lines)
      | 'split' >> beam.FlatMap(str.split)
      | 'pair' >> beam.Map(lambda word: (word, 1))
      | 'sum' >> beam.CombinePerKey(sum)
      | 'check' >> beam.Map(lambda pair: count(pair[1])))


def group(p, folder, elements):
  return (
      p
      | 'parts' >> beam.Create(range(10))
      | 'make' >> beam.FlatMap(lambda part: ((i % KEYS, i) for i in range(part, elements, 10)))
      | 'group' >> beam.GroupByKey()
      | 'check' >> beam.Map(lambda pair: count(sum(1 for _ in pair[1]))))


WORKS = {'words': (words, WORDS_OF_A_LINE), 'group': (group, 1)}


def run(work, runner, folder, elements):
  if runner == 'local':
    options = ['--runner=apache_beam.runners.portability.fn_api_runner.FnApiRunner']
  else:
    options = ['--runner=PortableRunner', '--job_endpoint=' + runner, '--environment_type=LOOPBACK']
  build, factor = WORKS[work]
  start = time.time()
  p = beam.Pipeline(options=PipelineOptions(options))
  build(p, folder, elements)
  result = p.run()
  result.wait_until_finish()
  seconds = time.time() - start
  counters = result.metrics().query()['counters']
  counted = [m.committed for m in counters if m.key.metric.name == 'counted']
  if counted != [elements * factor]:
    raise ValueError('counted %r' % counted)
  return seconds


if __name__ == '__main__':
  work, runner, folder = sys.argv[1:]
  run(work, runner, folder, 1_000)
  print('ready', flush=True)
  for _ in sys.stdin:
    print(run(work, runner, folder, 1_000_000), flush=True)
