import { unlinkSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { StrahlError } from '#portability/errors.js';
import { fileName, runningJobs, type RunningJobFile } from './control-folder.js';
import { receivedError, type ControlAnswer, type ControlRequest } from './control-protocol.js';
import { Lines } from './lines.js';

/** An explanation of a large job is long, but not endless; in bytes. */
const LONGEST_ANSWER = 16 * 1024 * 1024;

/**
 * The running job of that name; `name@pid` tells one of several of the same name from the others.
 *
 * @throws STRAHL-9008 if no such job runs, or several do
 *
 * @internal
 */
export function findJob(folder: string, name: string | undefined): RunningJobFile {
  const running = runningJobs(folder);
  const wanted = name === undefined ? undefined : fileName(name);
  const matching = running.filter(
    (job) => wanted === undefined || job.name === wanted || job.id === name,
  );
  const [found, ...others] = matching;
  if (found !== undefined && others.length === 0) return found;
  const title =
    found !== undefined
      ? `${String(matching.length)} jobs ${name === undefined ? 'run' : `named ${name} run`}`
      : `no job ${name === undefined ? 'runs' : `named ${name} runs`}`;
  const choice = (found === undefined ? running : matching).map(({ id }) => id).join(', ');
  throw new StrahlError('jobNotFound', {
    title,
    why: choice === '' ? 'no job of yours runs on this machine' : `running: ${choice}`,
    ...(found === undefined ? {} : { fix: `name one of them: ${choice}` }),
  });
}

/**
 * Asks a running job. Rejects with the error that it answers, and with STRAHL-6001 if it has ended.
 *
 * @param timeout milliseconds; no answer within them rejects with STRAHL-6006. Absent: waits for ever
 *
 * @internal
 */
export function askJob(
  job: RunningJobFile,
  request: ControlRequest,
  timeout?: number,
): Promise<ControlAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(job.path);
    const lines = new Lines(LONGEST_ANSWER);
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      socket.destroy();
      settle();
    };
    const timer = timerFor(timeout, () => end(() => reject(silent(job, timeout!))));
    socket.on('error', (e) => {
      if ((e as NodeJS.ErrnoException).code === 'ECONNREFUSED') removeStale(job);
      end(() => reject(gone(job)));
    });
    socket.on('close', () => end(() => reject(gone(job))));
    socket.on('data', (chunk) => {
      const [line] = lines.push(chunk);
      if (line === undefined) return;
      const answer = JSON.parse(line) as ControlAnswer;
      end(() => {
        if (answer.type === 'error') reject(receivedError(answer.error));
        else resolve(answer);
      });
    });
    send(socket, request);
  });
}

/** The process is somebody else's by now: the number of the one that died was given out again. */
function removeStale({ path }: RunningJobFile): void {
  try {
    unlinkSync(path);
  } catch {
    // Somebody else was faster.
  }
}

function send(socket: Socket, request: ControlRequest): void {
  socket.write(`${JSON.stringify(request)}\n`);
}

function timerFor(timeout: number | undefined, late: () => void): NodeJS.Timeout | undefined {
  return timeout === undefined ? undefined : setTimeout(late, timeout);
}

function silent(job: RunningJobFile, timeout: number): StrahlError {
  return new StrahlError('timedOut', {
    title: `the job ${job.name} does not answer within ${String(timeout / 1000)} s`,
    why: `a function that does not return keeps its process ${String(job.pid)} busy, or it is stopped`,
    fix: `strahl cancel ${job.name} --force ends the process`,
  });
}

function gone(job: RunningJobFile): StrahlError {
  return new StrahlError('unreachable', { title: `the job ${job.name} has ended meanwhile` });
}
