import { isStrahlError, StrahlError } from '#portability/errors.js';
import { errorFromText } from '#portability/fnapi/messages/error-text.js';

/** Messages of a job that are kept to explain its failure. */
const KEPT = 50;

/**
 * Why a job failed, from what its runner and its workers said meanwhile.
 *
 *   F1. An error of a worker in this process is the error itself, and the first one is the cause.
 *   F2. What a runner says of our error holds our error in one line; it is found wherever it stands.
 *   F3. What else a runner says is its own failure.
 *   F4. A bundle that was cut off, here or there, failed because the job had: it is named only if nobody says more.
 */
export class JobFailure {
  readonly #messages: string[] = [];
  #own: StrahlError | undefined;
  #cutOff: StrahlError | undefined;

  /** What a bundle in this process failed with. */
  note(error: unknown): void {
    if (!isStrahlError(error)) return;
    if (isCutOff(error)) this.#cutOff ??= error;
    else this.#own ??= error;
  }

  /** What the runner said; only the last ones are kept. */
  say(text: string): void {
    this.#messages.push(text);
    if (this.#messages.length > KEPT) this.#messages.shift();
  }

  error(jobId: string): StrahlError {
    if (this.#own !== undefined) return this.#own;
    const texts = this.#messages;
    let last: string | undefined;
    for (const text of texts) {
      const error = errorFromText(text);
      const isOurs = error.key !== 'userCodeThrew' || error.why !== text;
      if (isOurs && !isCutOff(error)) return error;
      if (isOurs) this.#cutOff ??= error;
      else last = text;
    }
    if (last === undefined && this.#cutOff !== undefined) return this.#cutOff;
    return new StrahlError('runnerFailed', {
      title: last === undefined ? `job ${jobId} failed without a reason` : firstLine(last),
      ...(texts.length === 0 ? {} : { why: texts.join('\n') }),
    });
  }
}

function isCutOff({ key }: StrahlError): boolean {
  return key === 'jobCancelled';
}

function firstLine(text: string): string {
  return text.split('\n').find((line) => line.trim() !== '') ?? 'the job failed';
}
