/** A flag that people look for: why it is not there, and what is instead. */
export interface AbsentFlag {
  readonly why: string;
  readonly fix: string;
}

const OF_A_CLUSTER: AbsentFlag = {
  why: 'the direct runner is one process on one core, and keeps what it knows in it',
  fix: 'strahl submit FILE --job-endpoint HOST:PORT runs the pipeline on Flink or Prism',
};

const ABSENT: ReadonlyMap<string, AbsentFlag> = new Map([
  ['workers', OF_A_CLUSTER],
  ['guarantee', OF_A_CLUSTER],
  ['brokers', OF_A_CLUSTER],
  ['app-id', OF_A_CLUSTER],
  ['state-dir', OF_A_CLUSTER],
  ['checkpoint-every', OF_A_CLUSTER],
  [
    'on-error',
    {
      why: 'what becomes of a bad element is said where it is read or mapped, not for a whole job',
      fix: ".attempt(f) gives the failures; a reader takes badRecords: 'skip', or read for dead letters",
    },
  ],
  [
    'metrics-port',
    {
      why: 'no port is opened for metrics',
      fix: '--json writes them as it goes; in code, job.metrics()',
    },
  ],
  [
    'ui',
    {
      why: 'there is no page to look at',
      fix: 'strahl graph FILE draws the pipeline; strahl explain says what a job waits for',
    },
  ],
  [
    'token',
    {
      why: 'others can read the command line',
      fix: '--token-file FILE',
    },
  ],
  [
    'endpoint',
    {
      why: 'a job of this machine is found by its name, any other through its job service',
      fix: '--job-endpoint HOST:PORT, or no address at all',
    },
  ],
  [
    'update',
    {
      why: "Beam's Job API cannot put one job in the place of another",
      fix: 'strahl drain JOB --job-endpoint HOST:PORT, then submit the new one',
    },
  ],
  [
    'detach',
    {
      why: 'functions run in this process, and the job ends with it',
      fix: 'strahl submit FILE --detach --environment external, process or docker',
    },
  ],
]);

/** What to say of a flag that no command and no option has; `name` without its dashes. */
export function absentFlag(name: string): AbsentFlag | undefined {
  return ABSENT.get(name);
}
