import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from './peer-process.js';

const BEAM = '2.62.0';

/** The harness asks for the last one when it starts and does not bring it along. */
const ARTIFACTS: readonly (readonly [group: string, id: string, version: string])[] = [
  ['org.apache.beam', 'beam-sdks-java-expansion-service', BEAM],
  ['org.apache.beam', 'beam-sdks-java-harness', BEAM],
  ['com.github.jbellis', 'jamm', '0.4.0'],
  ['org.slf4j', 'slf4j-nop', '1.7.36'],
];

/** A class path with Beam's expansion service and harness for Java; fetched once. */
export function fetchJava(cache: string): string {
  const folder = join(cache, `java-beam-${BEAM}`);
  const jars = join(folder, 'jars');
  if (existsSync(jars)) return `${jars}/*`;
  console.error('Fetching Apache Beam for Java into .cache/interop (once) …');
  mkdirSync(folder, { recursive: true });
  const dependencies = ARTIFACTS.map(
    ([group, id, version]) =>
      `<dependency><groupId>${group}</groupId><artifactId>${id}</artifactId><version>${version}</version></dependency>`,
  );
  writeFileSync(
    join(folder, 'pom.xml'),
    `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
  <groupId>strahl</groupId><artifactId>java-peer</artifactId><version>1</version>
  <dependencies>${dependencies.join('')}</dependencies></project>\n`,
  );
  const partial = join(folder, 'partial');
  rmSync(partial, { recursive: true, force: true });
  const args = ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${partial}`];
  mustRun('mvn', args, { cwd: folder });
  renameSync(partial, jars);
  return `${jars}/*`;
}
