import type { Flag, GivenFlags } from './flags.js';

/** Flags of every command. */
export const COMMON_FLAGS: readonly Flag[] = [
  { name: 'json', about: 'one JSON object per line on stdout, each with a type' },
  { name: 'config', value: 'FILE', about: 'settings; strahl.config.ts here by default' },
  { name: 'env-file', value: 'FILE', many: true, about: 'reads environment variables from FILE' },
  {
    name: 'quiet',
    short: 'q',
    contradicts: 'verbose',
    about: 'errors only; with --json also the result',
  },
  { name: 'verbose', short: 'v', about: 'also each change of state, and all metrics at the end' },
  { name: 'debug', about: 'adds stacks to errors' },
  { name: 'no-color', about: 'plain text; NO_COLOR and FORCE_COLOR work, too' },
  { name: 'help', short: 'h', about: 'this text, with the options of the pipeline' },
  { name: 'version', about: 'the version of strahl' },
];

export const RUN_FLAGS: readonly Flag[] = [
  { name: 'runner', value: 'NAME', about: 'where the job runs: direct (default)' },
  {
    name: 'memory',
    value: 'SIZE',
    about: 'memory for groups and waiting elements, such as 512MB; the rest goes to files',
  },
  {
    name: 'hang-after',
    value: 'TIME',
    about: 'reports a function that has not returned after TIME: 30s, 5m (default), never',
  },
  {
    name: 'seed',
    value: 'N',
    about: 'draws sizes and order of bundles from N, to find out what depends on them',
  },
];

export const GRAPH_FLAGS: readonly Flag[] = [
  {
    name: 'format',
    value: 'FORMAT',
    contradicts: 'json',
    about: 'text (default), mermaid, dot or json',
  },
  { name: 'stages', about: 'the fused stages that would run, not the steps as written' },
  {
    name: 'coders',
    about: 'the coder of each collection, or with --stages of each edge between stages',
  },
  { name: 'out', value: 'FILE', about: 'writes to FILE instead of stdout' },
];

export const BUILD_FLAGS: readonly Flag[] = [
  { name: 'out', value: 'FOLDER', about: 'where the bundle goes: dist (default)' },
  {
    name: 'sourcemap',
    about: 'writes a source map beside the bundle; --no-sourcemap writes none',
  },
  { name: 'minify', about: 'makes the bundle small' },
  {
    name: 'external',
    value: 'PACKAGE',
    many: true,
    about: 'a package that stays an import, as strahl does; may be repeated',
  },
];

export const EXPLAIN_FLAGS: readonly Flag[] = [
  {
    name: 'step',
    value: 'NAME',
    about: 'a step, by its name or the end of it; by default the one that waits',
  },
  { name: 'key', value: 'KEY', about: 'a key, as it is printed' },
  {
    name: 'window',
    value: 'TIME',
    about: 'a moment in the window: 12:03:10 today, or an ISO time (UTC)',
  },
  { name: 'coders', about: 'instead, the coders in which elements travel between stages' },
  { name: 'watch', about: 'asks again every two seconds until Ctrl-C' },
];

/** Of a job service elsewhere, beside its address. */
const SERVICE_FLAGS: readonly Flag[] = [
  { name: 'token-file', value: 'FILE', about: 'the bearer token for the job service' },
  {
    name: 'tls-ca',
    value: 'FILE',
    about: 'the authority that signed the certificate of the job service, in PEM',
  },
];

const REMOTE_FLAGS: readonly Flag[] = [
  {
    name: 'job-endpoint',
    value: 'HOST:PORT',
    about: 'the job service that the job was submitted to; JOB is its id there',
  },
  ...SERVICE_FLAGS,
];

export const ATTACH_FLAGS: readonly Flag[] = [
  ...REMOTE_FLAGS,
  { name: 'timeout', value: 'TIME', about: 'how long to follow it at most: 30s, 5m' },
];

export const STOP_FLAGS: readonly Flag[] = [
  ...REMOTE_FLAGS,
  { name: 'wait', about: 'waits until the job has ended; always for one with --job-endpoint' },
  { name: 'timeout', value: 'TIME', about: 'how long to wait at most: 30s, 5m' },
];

export const CANCEL_FLAGS: readonly Flag[] = [
  ...STOP_FLAGS,
  { name: 'force', about: 'ends the process if the job does not end by itself' },
];

export const SUBMIT_FLAGS: readonly Flag[] = [
  { name: 'runner', value: 'NAME', about: 'how the job is submitted: portable (default)' },
  { name: 'job-endpoint', value: 'HOST:PORT', about: 'the Job service of Flink, Prism or another' },
  ...SERVICE_FLAGS,
  {
    name: 'environment',
    value: 'KIND',
    about: 'where functions run: loopback (here, default), external, process or docker',
  },
  { name: 'worker-pool', value: 'HOST:PORT', about: 'external: where strahl worker listens' },
  { name: 'worker-command', value: 'FILE', about: 'process: the program that boots a worker' },
  { name: 'worker-image', value: 'NAME', about: 'docker: the image of the workers' },
  {
    name: 'runner-option',
    value: 'NAME=VALUE',
    many: true,
    about: 'an option of the runner itself, such as parallelism=2',
  },
  { name: 'detach', about: 'prints the id of the job and does not wait for its end' },
];

const PORT: Flag = {
  name: 'port',
  value: 'PORT',
  about: 'where to listen; 0 (default) takes any free port',
};

const HOST: Flag = {
  name: 'host',
  value: 'HOST',
  about: 'the address to listen on: 127.0.0.1 (default)',
};

export const WORKER_FLAGS: readonly Flag[] = [
  {
    name: 'memory',
    value: 'SIZE',
    about: 'memory for side inputs that are read as a whole, such as 512MB',
  },
  PORT,
  HOST,
  { name: 'boot', about: 'runs one worker, started by a runner, instead of a pool' },
  { name: 'id', value: 'ID', about: 'boot: the id of this worker' },
  {
    name: 'provision_endpoint',
    value: 'HOST:PORT',
    about: 'boot: where the runner gives the other addresses',
  },
  { name: 'control_endpoint', value: 'HOST:PORT', about: 'boot: for older runners' },
  { name: 'logging_endpoint', value: 'HOST:PORT', about: 'boot: for older runners' },
  { name: 'artifact_endpoint', value: 'HOST:PORT', about: 'boot: for older runners' },
];

export const EXPANSION_SERVICE_FLAGS: readonly Flag[] = [PORT];

export const JOB_SERVER_FLAGS: readonly Flag[] = [
  PORT,
  { ...HOST, about: `${HOST.about}; others need certificates and a token` },
  { name: 'memory', value: 'SIZE', about: 'memory for each job, such as 512MB' },
  {
    name: 'max-bundle-attempts',
    value: 'N',
    about: 'how often a bundle is tried if its functions fail: 1 (default)',
  },
  {
    name: 'worker-silence',
    value: 'TIME',
    about: 'a worker that answers nothing for TIME counts as lost: 30s, 10m (default)',
  },
  { name: 'max-message', value: 'SIZE', about: 'the largest message: 256MiB (default)' },
  { name: 'max-jobs', value: 'N', about: 'the most jobs that run at the same time: 100 (default)' },
  {
    name: 'max-staged',
    value: 'SIZE',
    about: 'the most bytes of the files of one job: 2GiB (default)',
  },
  { name: 'tls-key', value: 'FILE', about: 'the private key of this server, in PEM' },
  { name: 'tls-certificate', value: 'FILE', about: 'its certificates, in PEM' },
  { name: 'tls-client-ca', value: 'FILE', about: 'lets only clients of this authority in' },
  { name: 'token-file', value: 'FILE', about: 'lets only clients in that send what is in FILE' },
];

/** What the common flags say, once read. */
export interface CommonSettings {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly debug: boolean;
  readonly noColor: boolean;
}

export function commonSettings(flags: GivenFlags): CommonSettings {
  const on = (name: string): boolean => flags.get(name)?.[0] === 'true';
  return {
    json: on('json'),
    quiet: on('quiet'),
    verbose: on('verbose'),
    debug: on('debug'),
    noColor: on('no-color'),
  };
}
