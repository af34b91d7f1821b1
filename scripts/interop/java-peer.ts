import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from './peer-process.js';

const BEAM = '2.62.0';

/** `group:artifact:version[:classifier]` */
type Artifact = string;

/** The harness asks for the last one when it starts and does not bring it along. */
const HARNESS: readonly Artifact[] = [
  `org.apache.beam:beam-sdks-java-harness:${BEAM}`,
  'org.slf4j:slf4j-nop:1.7.36',
  'com.github.jbellis:jamm:0.4.0',
];

const SERVICE: readonly Artifact[] = [
  `org.apache.beam:beam-sdks-java-expansion-service:${BEAM}`,
  ...HARNESS,
];

/** The tests are compiled against more than they are used with. */
const TESTS: readonly Artifact[] = [
  `org.apache.beam:beam-sdks-java-core:${BEAM}:tests`,
  `org.apache.beam:beam-runners-portability-java:${BEAM}`,
  'junit:junit:4.13.1',
  'org.hamcrest:hamcrest:2.1',
  'org.mockito:mockito-core:4.11.0',
  ...HARNESS,
];

/** A class path with Beam's expansion service and harness for Java; fetched once. */
export function fetchJava(cache: string): string {
  return `${fetchJars(cache, `java-beam-${BEAM}`, SERVICE)}/*`;
}

/** A folder of jars with Beam's tests of Java's SDK, its client of Job services and its harness; fetched once. */
export function fetchJavaTests(cache: string): string {
  return fetchJars(cache, `java-beam-tests-${BEAM}`, TESTS);
}

/** The one of those jars that holds the tests. */
export const JAVA_TESTS_JAR: string = `beam-sdks-java-core-${BEAM}-tests.jar`;

function fetchJars(cache: string, name: string, artifacts: readonly Artifact[]): string {
  const folder = join(cache, name);
  const jars = join(folder, 'jars');
  if (existsSync(jars)) return jars;
  console.error(`Fetching ${name} into .cache/interop (once) …`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'pom.xml'),
    `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
  <groupId>strahl</groupId><artifactId>java-peer</artifactId><version>1</version>
  <dependencies>${artifacts.map(dependency).join('')}</dependencies></project>\n`,
  );
  const partial = join(folder, 'partial');
  rmSync(partial, { recursive: true, force: true });
  const args = ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${partial}`];
  mustRun('mvn', args, { cwd: folder });
  renameSync(partial, jars);
  return jars;
}

function dependency(artifact: Artifact): string {
  const [group, id, version, classifier] = artifact.split(':');
  const tail = classifier === undefined ? '' : `<classifier>${classifier}</classifier>`;
  return `<dependency><groupId>${group!}</groupId><artifactId>${id!}</artifactId><version>${version!}</version>${tail}</dependency>`;
}
