import { describe } from '@jest/globals';
import { directRunner } from 'strahl/runners/direct';
import type { DirectRunnerOptions, Runner } from 'strahl/runners/direct';
import { portableRunner } from 'strahl/runners/portable';

/** A way to run a pipeline that must give the same results as every other one. */
export interface RunnerUnderTest {
  readonly name: string;
  readonly create: MakeRunner;
}

/** `more` is what the test is about; it never names what makes the runner different. */
export type MakeRunner = (more?: Pick<DirectRunnerOptions, 'maxBundleAttempts'>) => Runner;

const RUNNERS_HERE: readonly RunnerUnderTest[] = [
  { name: 'direct', create: (more) => directRunner(more) },
  {
    name: 'direct, stages as closures',
    create: (more) => directRunner({ ...more, compile: 'closures' }),
  },
  {
    name: 'direct, one element per bundle',
    create: (more) => directRunner({ ...more, bundle: { maxElements: 1 } }),
  },
  {
    name: 'direct, two elements per bundle',
    create: (more) => directRunner({ ...more, bundle: { maxElements: 2 } }),
  },
  {
    name: 'direct, every message as Fn API bytes',
    create: (more) => directRunner({ ...more, connection: 'bytes' }),
  },
  {
    name: 'direct, in segments with three partitions each',
    create: (more) => directRunner({ ...more, partitions: 3 }),
  },
  {
    name: 'direct, next to no memory',
    create: (more) => directRunner({ ...more, memory: 1 }),
  },
];

/** A runner elsewhere, when the suite is run against one: its name, and where its job service is. */
const {
  STRAHL_PEER: peer,
  STRAHL_PEER_ENDPOINT: jobEndpoint,
  STRAHL_PEER_OPTIONS: peerOptions = '{}',
} = process.env;

export const RUNNERS: readonly RunnerUnderTest[] =
  peer === undefined || jobEndpoint === undefined
    ? RUNNERS_HERE
    : [{ name: peer, create: () => portableRunner({ jobEndpoint, options: optionsOfPeer() }) }];

function optionsOfPeer(): Readonly<Record<string, string>> {
  return JSON.parse(peerOptions) as Readonly<Record<string, string>>;
}

/** Runs one body of tests over every runner. */
export function onEveryRunner(subject: string, body: (runner: MakeRunner) => void): void {
  describe.each(RUNNERS)(`${subject} on $name`, ({ create }) => {
    body(create);
  });
}
