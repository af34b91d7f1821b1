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
  { name: 'verbose', short: 'v', about: 'tells each change of state, and all metrics at the end' },
  { name: 'debug', about: 'adds stacks to errors' },
  { name: 'no-color', about: 'plain text; NO_COLOR and FORCE_COLOR are obeyed, too' },
  { name: 'help', short: 'h', about: 'this text, with the options of the pipeline' },
  { name: 'version', about: 'the version of strahl' },
];

export const RUN_FLAGS: readonly Flag[] = [
  { name: 'runner', value: 'NAME', about: 'where the job runs: direct (default)' },
  {
    name: 'memory',
    value: 'SIZE',
    about: 'what groups and waiting elements may take, the rest goes to files: 512MB',
  },
  {
    name: 'hang-after',
    value: 'TIME',
    about: 'reports a function that does not return for so long: 30s, 5m (default), never',
  },
  {
    name: 'seed',
    value: 'N',
    about: 'draws sizes and order of bundles from N, to see what depends on them',
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
    about: 'the coder of each collection, or with --stages of what is between stages',
  },
  { name: 'out', value: 'FILE', about: 'writes to FILE instead of stdout' },
];

export const BUILD_FLAGS: readonly Flag[] = [
  { name: 'out', value: 'FOLDER', about: 'where the bundle goes: dist (default)' },
  {
    name: 'sourcemap',
    about: 'keeps the places of the source in a file of their own; --no-sourcemap forgets them',
  },
  { name: 'minify', about: 'makes the bundle small' },
  {
    name: 'external',
    value: 'PACKAGE',
    many: true,
    about: 'stays an import, as strahl does; may be repeated',
  },
];

export const EXPLAIN_FLAGS: readonly Flag[] = [
  {
    name: 'step',
    value: 'NAME',
    about: 'the step, or the end of its name; the one that waits by default',
  },
  { name: 'key', value: 'KEY', about: 'the key, as it prints' },
  {
    name: 'window',
    value: 'TIME',
    about: 'a moment in the window: 12:03:10 today, or an ISO time (UTC)',
  },
  { name: 'coders', about: 'in which coders elements travel between stages, instead' },
  { name: 'watch', about: 'asks again every two seconds until Ctrl-C' },
];

/** Of a job service elsewhere, beside its address. */
const SERVICE_FLAGS: readonly Flag[] = [
  { name: 'token-file', value: 'FILE', about: 'what the job service wants to see as bearer token' },
  { name: 'tls-ca', value: 'FILE', about: 'who signed the certificate of the job service' },
];

const REMOTE_FLAGS: readonly Flag[] = [
  {
    name: 'job-endpoint',
    value: 'HOST:PORT',
    about: 'a job that was submitted there; JOB is its id then',
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
    about: 'what side inputs that are read as a whole may hold: 512MB',
  },
  PORT,
  HOST,
  { name: 'boot', about: 'is one worker, started by a runner, instead of a pool' },
  { name: 'id', value: 'ID', about: 'boot: who this worker is' },
  { name: 'provision_endpoint', value: 'HOST:PORT', about: 'boot: where the runner says the rest' },
  { name: 'control_endpoint', value: 'HOST:PORT', about: 'boot: of older runners' },
  { name: 'logging_endpoint', value: 'HOST:PORT', about: 'boot: of older runners' },
  { name: 'artifact_endpoint', value: 'HOST:PORT', about: 'boot: of older runners' },
];

export const EXPANSION_SERVICE_FLAGS: readonly Flag[] = [PORT];

export const JOB_SERVER_FLAGS: readonly Flag[] = [
  PORT,
  { ...HOST, about: `${HOST.about}; others need certificates and a token` },
  { name: 'memory', value: 'SIZE', about: 'what each job may hold in memory: 512MB' },
  {
    name: 'max-bundle-attempts',
    value: 'N',
    about: 'tries of a bundle whose functions fail: 1 (default)',
  },
  {
    name: 'worker-silence',
    value: 'TIME',
    about: 'a worker that is asked and says nothing for so long is lost: 30s, 10m (default)',
  },
  { name: 'max-message', value: 'SIZE', about: 'of one message: 256MiB (default)' },
  { name: 'max-jobs', value: 'N', about: 'jobs that run at the same time: 100 (default)' },
  { name: 'max-staged', value: 'SIZE', about: 'of the files of one job: 2GiB (default)' },
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
