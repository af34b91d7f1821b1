import type { ExpansionServiceSpec } from '#portability/model/external-step.js';
import { ExpansionClient } from './expansion-client.js';
import { startService, type ServiceCommand, type ServiceProcess } from './service-process.js';

/** The expansion services of one submission: each is started, and connected to, once. */
export class ExpansionServices {
  readonly #clients = new Map<string, Promise<ExpansionClient>>();
  readonly #processes: ServiceProcess[] = [];

  /** @throws STRAHL-6001 when it does not answer, or cannot be started */
  client(service: ExpansionServiceSpec): Promise<ExpansionClient> {
    const key = JSON.stringify(service);
    let client = this.#clients.get(key);
    if (client === undefined) this.#clients.set(key, (client = this.#connect(service)));
    return client;
  }

  async #connect(service: ExpansionServiceSpec): Promise<ExpansionClient> {
    if (service.kind === 'address') return ExpansionClient.connect(service.address);
    const process = await startService((port) =>
      service.kind === 'python'
        ? pythonCommand(service.python, port)
        : javaCommand(service.java, service.classpath, port),
    );
    this.#processes.push(process);
    return ExpansionClient.connect(process.address, true);
  }

  /** Connections are needed until all files are staged only. */
  async disconnect(): Promise<void> {
    const clients = await Promise.allSettled(this.#clients.values());
    for (const client of clients) if (client.status === 'fulfilled') client.value.close();
    this.#clients.clear();
  }

  /** Ends what was started: its workers run in the same processes, so the job must be over. */
  async close(): Promise<void> {
    await this.disconnect();
    await Promise.all(this.#processes.splice(0).map((process) => process.stop()));
  }
}

/**
 * Beam's own service, with workers in the same process. It would listen on all addresses of this machine, where anyone
 * could have it run code; and it would outlive a submitter that is killed.
 */
const PYTHON_SERVICE = `
import os, sys, threading
import grpc
from apache_beam.runners.portability import expansion_service_main as service

make_server = grpc.server
def local_server(*args, **kwargs):
  server = make_server(*args, **kwargs)
  add_port = server.add_insecure_port
  server.add_insecure_port = lambda address: add_port(address.replace('0.0.0.0', '127.0.0.1'))
  return server
grpc.server = local_server

def end_with_submitter():
  sys.stdin.read()
  os._exit(0)
threading.Thread(target=end_with_submitter, daemon=True).start()

service.main(sys.argv)
`;

function pythonCommand(python: string, port: number): ServiceCommand {
  return {
    command: python,
    args: [
      ...['-c', PYTHON_SERVICE, `--port=${String(port)}`],
      ...['--fully_qualified_name_glob=*', '--serve_loopback_worker'],
    ],
    name: `the expansion service of ${python}`,
    fix: `${python} -m pip install apache-beam, or name another interpreter: expansion: { python: '.venv/bin/python' }`,
  };
}

function javaCommand(java: string, classpath: string, port: number): ServiceCommand {
  return {
    command: java,
    args: [
      ...['-cp', classpath, 'org.apache.beam.sdk.expansion.service.ExpansionService'],
      ...[String(port), '--javaClassLookupAllowlistFile=*', '--alsoStartLoopbackWorker'],
    ],
    name: `the expansion service of ${classpath}`,
    fix: 'the class path needs beam-sdks-java-expansion-service, beam-sdks-java-harness and what they need',
  };
}
