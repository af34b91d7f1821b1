import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun, startPeer, type Peer } from './peer-process.js';

const PRISM_VERSION = 'v2.77.0';
const FLINK_VERSION = '1.19';
const BEAM_OF_FLINK = '2.62.0';

/** A runner that our pipelines are run on. */
export interface RunnerPeer {
  readonly name: string;
  /** Options of the runner itself, for all jobs. */
  readonly options: Readonly<Record<string, string>>;
  /** A test that takes longer hangs, in milliseconds. */
  readonly testMs: number;
  /** Fetches it once, with the tools of its own language. @throws when it cannot be had */
  start(cache: string): Promise<Peer>;
}

export const RUNNER_PEERS: Readonly<Record<string, RunnerPeer>> = {
  Prism: {
    name: 'Prism',
    options: {},
    testMs: 20_000,
    start: (cache) => {
      const binary = fetched('Prism', () => fetchPrism(cache));
      return startPeer(join(cache, 'prism'), (port) => ({
        command: binary,
        args: [`--job_port=${String(port)}`, `--web_port=${String(port + 1)}`, '--log_kind=text'],
      }));
    },
  },
  Flink: {
    name: 'Flink',
    // It keeps a watermark back until the bundle in hand is over, so that an event of a test would not be over before
    // the next one.
    options: { parallelism: '1', max_bundle_size: '1' },
    // Each job starts a cluster.
    testMs: 90_000,
    start: (cache) => {
      const jars = fetched('Flink', () => fetchFlink(cache));
      return startPeer(join(cache, 'flink'), (port) => ({
        command: 'java',
        args: flink(jars, port),
      }));
    },
  },
};

/** No peer, no pass: what is not there cannot be shown to work. */
function fetched(name: string, fetch: () => string): string {
  try {
    return fetch();
  } catch (e) {
    const { message } = e as { readonly message: string };
    throw new Error(`${name} is not here and cannot be fetched, so nothing passes: ${message}`);
  }
}

/** Prism, of Beam's Go SDK. */
function fetchPrism(cache: string): string {
  const folder = join(cache, `prism-${PRISM_VERSION}`);
  const binary = join(folder, 'prism');
  if (existsSync(binary)) return binary;
  console.error('Building Prism into .cache/interop (once, some minutes) …');
  mkdirSync(folder, { recursive: true });
  const target = `github.com/apache/beam/sdks/v2/go/cmd/prism@${PRISM_VERSION}`;
  mustRun('go', ['install', target], { env: { ...process.env, GOBIN: folder } });
  return binary;
}

/** Beam's job server for Flink with all that it needs, an embedded Flink included. */
function fetchFlink(cache: string): string {
  const folder = join(cache, `flink-${FLINK_VERSION}-beam-${BEAM_OF_FLINK}`);
  const jars = join(folder, 'jars');
  if (existsSync(jars)) return jars;
  console.error('Fetching Flink into .cache/interop (once) …');
  mkdirSync(folder, { recursive: true });
  const artifacts = [
    ['org.apache.beam', `beam-runners-flink-${FLINK_VERSION}`, BEAM_OF_FLINK],
    ['org.slf4j', 'slf4j-simple', '1.7.36'],
  ];
  const dependencies = artifacts.map(
    ([group, id, version]) =>
      `<dependency><groupId>${group!}</groupId><artifactId>${id!}</artifactId><version>${version!}</version></dependency>`,
  );
  writeFileSync(
    join(folder, 'pom.xml'),
    `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
  <groupId>strahl</groupId><artifactId>peer</artifactId><version>1</version>
  <dependencies>${dependencies.join('')}</dependencies></project>\n`,
  );
  const partial = join(folder, 'partial');
  rmSync(partial, { recursive: true, force: true });
  const args = ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${partial}`];
  mustRun('mvn', args, { cwd: folder });
  renameSync(partial, jars);
  return jars;
}

function flink(jars: string, port: number): readonly string[] {
  return [
    '-Xmx1g',
    // Each job loads its cluster anew and is over before a second compiler would pay.
    ...['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'],
    '--add-opens=java.base/java.lang=ALL-UNNAMED',
    '--add-opens=java.base/java.util=ALL-UNNAMED',
    ...['-cp', `${jars}/*`],
    'org.apache.beam.runners.flink.FlinkJobServerDriver',
    '--job-host=localhost',
    `--job-port=${String(port)}`,
    `--artifact-port=${String(port + 1)}`,
    `--expansion-port=${String(port + 2)}`,
    '--artifacts-dir=artifacts',
    '--flink-master=[local]',
  ];
}
