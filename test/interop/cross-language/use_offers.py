"""Pipelines of Python that use the transforms of offers.ts: use_offers.py JOB_ENDPOINT EXPANSION_ENDPOINT.

Prints one line per test: `ok NAME`, or `failed NAME: MESSAGE`.
"""
import sys
import typing

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.testing.util import assert_that, equal_to
from apache_beam.transforms.external import ImplicitSchemaPayloadBuilder
from apache_beam.transforms.external_transform_provider import ExternalTransformProvider

ENDPOINT, SERVICE = sys.argv[1:3]


class Visit(typing.NamedTuple):
  user: str
  n: int


beam.coders.registry.register_coder(Visit, beam.coders.RowCoder)


def pipeline():
  return beam.Pipeline(
      options=PipelineOptions([
          '--runner=PortableRunner',
          f'--job_endpoint={ENDPOINT}',
          '--environment_type=LOOPBACK',
      ]))


def external(urn, **config):
  return beam.ExternalTransform(urn, ImplicitSchemaPayloadBuilder(config), SERVICE)


def words(p, name, *values):
  return p | name >> beam.Create(values).with_output_types(str)


def test_by_urn_between_steps_of_python():
  with pipeline() as p:
    shouted = words(p, 'Words', 'a', 'b') | external('example:shout:v1', suffix='?')
    assert_that(shouted | beam.Map(lambda word: word + '.'), equal_to(['A?.', 'B?.']))


def test_settings_with_their_defaults():
  with pipeline() as p:
    shouted = words(p, 'Words', 'a') | beam.ExternalTransform('example:shout:v1', b'', SERVICE)
    assert_that(shouted, equal_to(['A!']))


def test_discovered_as_a_schema_transform():
  provider = ExternalTransformProvider(
      SERVICE, urn_pattern=r'^beam:schematransform:example:([\w-]+):(\w+)$')
  assert provider.get_available() == [('TallyV1', 'beam:schematransform:example:tally:v1')]
  with pipeline() as p:
    visits = p | beam.Create([Visit('a', 1), Visit('b', 5), Visit('a', 3)]).with_output_types(Visit)
    sums = visits | provider.get('TallyV1')(least=4) | beam.Map(lambda row: (row.user, row.n))
    assert_that(sums, equal_to([('a', 4), ('b', 5)]))


def test_several_inputs_and_outputs():
  with pipeline() as p:
    parts = {
        'words': words(p, 'Words', 'a', 'abc'), 'more': words(p, 'More', 'abcd')
    } | external('example:sort_out:v1')
    assert_that(parts['long'], equal_to(['abc', 'abcd']), label='Long')
    assert_that(parts['short'], equal_to(['a']), label='Short')


def test_as_a_root():
  with pipeline() as p:
    assert_that(p | external('example:numbers:v1', to=3), equal_to([0, 1, 2]))


def test_unknown_urns_name_what_there_is():
  try:
    with pipeline() as p:
      _ = words(p, 'Words', 'a') | external('example:whisper:v1')
  except RuntimeError as error:
    assert 'STRAHL-3302' in str(error) and 'example:shout:v1' in str(error), error
  else:
    raise AssertionError('nothing was refused')


def test_wrong_settings_are_named():
  try:
    with pipeline() as p:
      _ = words(p, 'Words', 'a') | external('example:shout:v1', prefix='x')
  except RuntimeError as error:
    assert 'STRAHL-3303' in str(error) and 'prefix' in str(error), error
  else:
    raise AssertionError('nothing was refused')


for name, test in list(globals().items()):
  if not name.startswith('test_'):
    continue
  try:
    test()
    print('ok', name, flush=True)
  except BaseException as error:  # pylint: disable=broad-except
    print(f'failed {name}: {" ".join(repr(error).split())[:500]}', flush=True)
