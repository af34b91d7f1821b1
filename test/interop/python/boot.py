"""Starts a Python worker with the arguments of Beam's container contract, as a PROCESS environment."""
import argparse
import os
import tempfile

from apache_beam.runners.worker import sdk_worker_main

parser = argparse.ArgumentParser()
for name in ('id', 'control_endpoint', 'logging_endpoint', 'provision_endpoint', 'artifact_endpoint'):
  parser.add_argument('--' + name, required=True)
given = parser.parse_args()
os.environ['WORKER_ID'] = given.id
os.environ['CONTROL_API_SERVICE_DESCRIPTOR'] = 'url: "%s"' % given.control_endpoint
os.environ['LOGGING_API_SERVICE_DESCRIPTOR'] = 'url: "%s"' % given.logging_endpoint
os.environ['PIPELINE_OPTIONS'] = '{}'
os.environ['SEMI_PERSISTENT_DIRECTORY'] = tempfile.mkdtemp()
sdk_worker_main.main([])
