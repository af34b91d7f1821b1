"""A worker process that dies in the middle of a bundle: its bundle is run again by a fresh one, and nothing is doubled."""
import json
import os
import signal
import sys
import tempfile
import unittest

import apache_beam as beam
from apache_beam.metrics import Metrics
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.testing.util import assert_that, equal_to

HERE = os.path.dirname(os.path.abspath(__file__))


class DieOnce(beam.DoFn):
  """Kills its process at an element in the middle, unless one did so before."""
  def __init__(self, marker, at):
    self.marker = marker
    self.at = at

  def process(self, element):
    Metrics.counter('test', 'seen').inc()
    if element == self.at:
      try:
        os.close(os.open(self.marker, os.O_CREAT | os.O_EXCL))
      except FileExistsError:
        pass
      else:
        os.kill(os.getpid(), signal.SIGKILL)
    yield (element % 3, element)


class LostWorkerTest(unittest.TestCase):
  def _options(self):
    boot = os.path.join(tempfile.mkdtemp(), 'boot')
    with open(boot, 'w') as f:
      f.write('#!/bin/sh\nexec %s %s/boot.py "$@"\n' % (sys.executable, HERE))
    os.chmod(boot, 0o755)
    return PipelineOptions([
        '--runner=PortableRunner',
        '--job_endpoint=' + os.environ['JOB_ENDPOINT'],
        '--environment_type=PROCESS',
        '--environment_config=' + json.dumps({'command': boot, 'env': {'PYTHONPATH': HERE}}),
    ])

  def _run(self, at):
    marker = os.path.join(tempfile.mkdtemp(), 'died')
    numbers = list(range(1000))
    p = beam.Pipeline(options=self._options())
    groups = (
        p
        | beam.Create(numbers)
        | beam.ParDo(DieOnce(marker, at))
        | beam.GroupByKey()
        | beam.MapTuple(lambda key, values: (key, sorted(values))))
    assert_that(groups, equal_to([(k, numbers[k::3]) for k in range(3)]))
    result = p.run()
    result.wait_until_finish()
    self.assertEqual(at is not None, os.path.exists(marker))
    return {m.key.metric.name: m.committed for m in result.metrics().query()['counters']}

  def test_a_pipeline_runs_in_worker_processes(self):
    self.assertEqual(1000, self._run(None)['seen'])

  def test_the_bundle_of_a_killed_worker_is_run_again_and_nothing_is_doubled(self):
    self.assertEqual(1000, self._run(700)['seen'])
