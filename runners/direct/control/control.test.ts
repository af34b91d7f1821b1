// What a bug here would look like: somebody else cancels my job, or a killed one is listed for ever.
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StrahlError } from '#portability/errors.js';
import type { JobState, RunningJob } from '#sdk/runner.js';
import { askJob, findJob } from './control-client.js';
import { controlFolder, ensureFolder, runningJobs, socketPath } from './control-folder.js';
import { ControlServer } from './control-server.js';

/** Beyond every process id that a system gives. */
const NO_PROCESS = 2 ** 30;

let folder: string;
let servers: ControlServer[];

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'control-')), 'strahl');
  servers = [];
});

afterEach(() => {
  for (const server of servers) server.close();
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

/** A job that ends when the test says so. */
class HandJob implements RunningJob {
  readonly id = 'job-1';
  state: JobState = 'RUNNING';
  readonly asked: unknown[] = [];
  end!: (state: JobState) => void;
  readonly done = new Promise<JobState>((resolve) => {
    this.end = (state) => {
      this.state = state;
      resolve(state);
    };
  });

  metrics = () => ({ attempted: [], committed: [] });
  progress = () => ({ state: this.state, elements: 3, bytes: 0, bounded: false, stateBytes: 9 });
  health = () => ({ state: this.state, stages: [] });
  onChange = () => () => undefined;

  explain = (query: unknown) => {
    this.asked.push(query);
    if ((query as { step?: string }).step === 'nowhere') {
      throw new StrahlError('badValue', { title: 'the job has no step "nowhere"', fix: 'another' });
    }
    return { step: 'combine', title: 'no pane yet', causes: [], text: 'no pane yet' };
  };

  drain = async (): Promise<void> => {
    this.state = 'DRAINING';
    await this.done;
  };

  cancel = async (): Promise<void> => {
    this.state = 'CANCELLING';
    await this.done;
  };
}

async function serve(name: string): Promise<HandJob> {
  const job = new HandJob();
  const server = new ControlServer(job, name, folder);
  servers.push(server);
  await server.listen();
  return job;
}

describe('a running job', () => {
  it('is found by its name, and answers what it is asked', async () => {
    const job = await serve('sessions');
    const found = findJob(folder, 'sessions');
    expect(found).toMatchObject({ name: 'sessions', pid: process.pid });
    const query = { step: 'combine', key: 'alice', window: 7 };
    await expect(askJob(found, { op: 'explain', query })).resolves.toMatchObject({
      type: 'explanation',
      explanation: { text: 'no pane yet' },
    });
    expect(job.asked).toEqual([query]);
    await expect(askJob(found, { op: 'state' })).resolves.toMatchObject({
      type: 'state',
      progress: { elements: 3, stateBytes: 9 },
    });
  });

  it('passes its errors on, with their codes', async () => {
    await serve('sessions');
    const asked = askJob(findJob(folder, 'sessions'), {
      op: 'explain',
      query: { step: 'nowhere' },
    });
    await expect(asked).rejects.toMatchObject({ code: 'STRAHL-9002', fix: 'another' });
  });

  it.each([
    ['drain', 'DRAINING', 'DRAINED'],
    ['cancel', 'CANCELLING', 'CANCELLED'],
  ] as const)(
    'DRN-1, DRN-2: is told to %s, and says when it has ended',
    async (op, during, end) => {
      const job = await serve('sessions');
      const found = findJob(folder, 'sessions');
      await expect(askJob(found, { op, wait: false })).resolves.toEqual({
        type: 'stopping',
        state: during,
      });
      const ended = askJob(found, { op, wait: true });
      // The server is closed when the job ends, but who waits still gets the answer.
      await askJob(found, { op: 'state' });
      servers[0]!.close();
      job.end(end);
      await expect(ended).resolves.toEqual({ type: 'stopped', state: end });
    },
  );

  it('that says nothing in time is told from one that is gone', async () => {
    await serve('sessions');
    const found = findJob(folder, 'sessions');
    const silent = askJob(found, { op: 'drain', wait: true }, 1);
    await expect(silent).rejects.toMatchObject({ code: 'STRAHL-6006' });
    servers[0]!.close();
    await expect(askJob(found, { op: 'state' })).rejects.toMatchObject({ code: 'STRAHL-6001' });
  });

  it('answers nonsense with an error, and listens to nobody who sends an endless line', async () => {
    await serve('sessions');
    const { path } = findJob(folder, 'sessions');
    const answers = (text: string): Promise<string> =>
      new Promise((resolve) => {
        let all = '';
        const socket = connect(path, () => socket.write(text));
        socket.on('data', (chunk) => {
          all += String(chunk);
          if (all.includes('\n')) socket.end();
        });
        socket.on('close', () => resolve(all));
      });
    await expect(answers('{"op":"format"}\n')).resolves.toContain('unknown request');
    await expect(answers('no JSON\n')).resolves.toContain('"type":"error"');
    await expect(answers('x'.repeat(70_000))).resolves.toContain('too long');
  });
});

describe('the folder of sockets', () => {
  it('is entered by its owner alone, also if it was there with other rights', async () => {
    await serve('one');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    chmodSync(folder, 0o777);
    ensureFolder(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('tells jobs of one name apart, and lists what runs when none has the name', async () => {
    await serve('sessions');
    await serve('sessions');
    const message = (find: () => unknown): string => {
      try {
        find();
      } catch (e) {
        return (e as Error).message;
      }
      return 'found';
    };
    expect(message(() => findJob(folder, 'sessions'))).toContain('2 jobs named sessions run');
    expect(message(() => findJob(folder, 'clicks'))).toContain('no job named clicks runs');
    const id = `sessions@${String(process.pid)}`;
    expect(message(() => findJob(folder, 'clicks'))).toContain(`${id}.2, ${id}`);
    expect(findJob(folder, `${id}.2`).name).toBe('sessions');
    expect(message(() => findJob(join(folder, 'none'), undefined))).toContain(
      'no job of yours runs on this machine',
    );
  });

  it('takes the only job that runs where none is named', async () => {
    await serve('a name with / and ümlauts');
    expect(findJob(folder, undefined).name).toBe('a-name-with---and--mlauts');
    expect(findJob(folder, 'a name with / and ümlauts').pid).toBe(process.pid);
  });

  it('is rid of what a killed process left behind', async () => {
    await serve('alive');
    writeFileSync(socketPath(folder, 'dead', NO_PROCESS), '');
    expect(runningJobs(folder).map(({ name }) => name)).toEqual(['alive']);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('stands where the system keeps sockets of a user, or among the temporary files', () => {
    expect(controlFolder({ XDG_RUNTIME_DIR: '/run/user/7' })).toBe('/run/user/7/strahl');
    expect(controlFolder({})).toBe(join(tmpdir(), `strahl-${String(process.getuid!())}`));
  });
});
