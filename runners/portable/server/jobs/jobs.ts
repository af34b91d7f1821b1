import { StrahlError } from '#portability/errors.js';
import { isFinal } from './job-record.js';
import { ServerJob, type JobPlace, type PreparedJob } from './server-job.js';

/** Pipelines that were prepared and never run are forgotten beyond so many, the oldest first. */
const PREPARED = 100;
/** Jobs that are over stay known up to so many. */
const FINISHED = 1000;

/** The jobs of a server. */
export class Jobs {
  readonly #prepared = new Map<string, PreparedJob>();
  readonly #jobs = new Map<string, ServerJob>();
  readonly #place: () => JobPlace;
  readonly #limit: number;

  /** At most `limit` jobs run at the same time. */
  constructor(limit: number, place: () => JobPlace) {
    this.#limit = limit;
    this.#place = place;
  }

  get all(): readonly ServerJob[] {
    return [...this.#jobs.values()];
  }

  prepare(prepared: PreparedJob): void {
    this.#prepared.set(prepared.id, prepared);
    const [oldest] = this.#prepared.keys();
    if (this.#prepared.size > PREPARED) this.#prepared.delete(oldest!);
  }

  /** A pipeline that waits to be run. @throws STRAHL-9008 */
  prepared(id: string): PreparedJob {
    const prepared = this.#prepared.get(id);
    if (prepared === undefined) throw unknown('prepared pipeline', id);
    return prepared;
  }

  /** @throws STRAHL-9008, 7004 when as many jobs run as the server takes */
  run(preparationId: string): ServerJob {
    const prepared = this.prepared(preparationId);
    const running = this.all.filter(({ record }) => !isFinal(record.state)).length;
    if (running >= this.#limit) {
      const title = `${String(running)} jobs run already, and this server takes no more at a time`;
      throw new StrahlError('storeFull', { title, fix: 'wait until one of them is over' });
    }
    this.#prepared.delete(preparationId);
    const job = new ServerJob(prepared, this.#place());
    this.#forgetOldest();
    this.#jobs.set(job.id, job);
    void job.run();
    return job;
  }

  /** @throws STRAHL-9008 */
  job(id: string): ServerJob {
    const job = this.#jobs.get(id);
    // A prepared pipeline is no job yet: a client that follows it would wait for a state that never comes.
    if (job === undefined) throw unknown('job', id);
    return job;
  }

  #forgetOldest(): void {
    if (this.#jobs.size < FINISHED) return;
    const over = this.all.find(({ record }) => isFinal(record.state));
    if (over !== undefined) this.#jobs.delete(over.id);
  }
}

function unknown(what: string, id: string): StrahlError {
  return new StrahlError('jobNotFound', { title: `there is no ${what} ${JSON.stringify(id)}` });
}
