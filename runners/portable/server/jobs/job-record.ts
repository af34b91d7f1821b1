import type { Init } from '#portability/proto/codec.js';
import {
  type JobMessage_MessageImportance as Importance,
  JobState,
  type JobMessagesResponse,
  type JobStateEvent,
} from '#portability/proto/generated/job-api.js';

/** Messages that a client which comes late still gets. */
const KEPT = 10_000;

const FINAL: ReadonlySet<JobState> = new Set([
  JobState.DONE,
  JobState.FAILED,
  JobState.CANCELLED,
  JobState.UPDATED,
  JobState.DRAINED,
]);

export function isFinal(state: JobState): boolean {
  return FINAL.has(state);
}

type Entry = Init<JobMessagesResponse>;

/** What a job was and said, for clients that follow it, from its beginning or from later on. */
export class JobRecord {
  readonly #entries: Entry[] = [];
  readonly #listeners = new Set<(entry: Entry) => void>();
  #state: JobState = JobState.STOPPED;
  #since = Date.now();
  #messages = 0;

  get state(): JobState {
    return this.#state;
  }

  get event(): Init<JobStateEvent> {
    return stateEvent(this.#state, this.#since);
  }

  /** A final state is not left again. */
  move(state: JobState): void {
    if (isFinal(this.#state) || state === this.#state) return;
    this.#state = state;
    this.#since = Date.now();
    this.#tell({ response: { case: 'stateResponse', value: this.event } });
  }

  say(importance: Importance, messageText: string): void {
    const messageId = String(this.#messages++);
    const time = new Date().toISOString();
    const value = { messageId, time, importance, messageText };
    this.#tell({ response: { case: 'messageResponse', value } });
  }

  #tell(entry: Entry): void {
    if (this.#entries.length < KEPT) this.#entries.push(entry);
    for (const listener of [...this.#listeners]) listener(entry);
  }

  /** Gives all that was and all that comes, until the job is over or `signal` ends it. */
  follow(listener: (entry: Entry) => void, signal: AbortSignal): Promise<void> {
    for (const entry of this.#entries) listener(entry);
    return this.followFromNow(listener, signal);
  }

  /** Gives all that comes, until the job is over or `signal` ends it. */
  followFromNow(listener: (entry: Entry) => void, signal: AbortSignal): Promise<void> {
    if (isFinal(this.#state) || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        this.#listeners.delete(hear);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const hear = (entry: Entry): void => {
        listener(entry);
        if (isFinal(this.#state)) end();
      };
      this.#listeners.add(hear);
      signal.addEventListener('abort', end);
    });
  }
}

function stateEvent(state: JobState, since: number): Init<JobStateEvent> {
  const seconds = Math.floor(since / 1000);
  return { state, timestamp: { seconds, nanos: (since - seconds * 1000) * 1e6 } };
}
