import { isStrahlError, StrahlError } from '#portability/errors.js';
import { errorFromText } from '#portability/fnapi/messages/error-text.js';

/** Messages of a job that are kept to explain its failure. */
const KEPT = 50;

/**
 * Why a job failed, from what its runner and its workers said meanwhile.
 *
 *   F1. An error of a worker in this process is the error itself, and the first one is the cause.
 *   F2. What a runner says of our error holds our error in one line; it is found wherever it stands.
 */
export class JobFailure {
  readonly #messages: string[] = [];
  #own: StrahlError | undefined;

  /** What a bundle in this process failed with. */
  note(error: unknown): void {
    if (isStrahlError(error)) this.#own ??= error;
  }

  /** What the runner said; only the last ones are kept. */
  say(text: string): void {
    this.#messages.push(text);
    if (this.#messages.length > KEPT) this.#messages.shift();
  }

  error(jobId: string): StrahlError {
    if (this.#own !== undefined) return this.#own;
    const texts = this.#messages;
    for (const text of texts) {
      const error = errorFromText(text);
      if (error.key !== 'userCodeThrew' || error.why !== text) return error;
    }
    const text = texts.at(-1);
    return new StrahlError('userCodeThrew', {
      title: text === undefined ? `job ${jobId} failed without a reason` : firstLine(text),
      ...(texts.length === 0 ? {} : { why: texts.join('\n') }),
    });
  }
}

function firstLine(text: string): string {
  return text.split('\n').find((line) => line.trim() !== '') ?? 'the job failed';
}
