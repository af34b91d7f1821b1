import { StrahlError } from '../../errors.js';
import type { BundleId } from '../../model/ids.js';
import type { Init } from '../../proto/codec.js';
import {
  decodeInstructionResponse,
  encodeInstructionRequest,
  type InstructionRequest,
  type InstructionResponse,
  type ProcessBundleResponse,
} from '../../proto/generated/fn-api.js';
import type { MetricUpdate } from '../connection.js';
import { noteFailedMetrics } from '../failed-metrics.js';
import { errorFromText } from '../messages/error-text.js';
import { metricFromProto } from '../messages/metrics-proto.js';
import type { Silence } from './silence.js';

interface Waiting {
  readonly resolve: (response: InstructionResponse) => void;
  readonly reject: (error: Error) => void;
}

type Instruction = NonNullable<InstructionRequest['request']>;
type Answer = NonNullable<InstructionResponse['response']>;
type AnswerTo<K> =
  Extract<Answer, { readonly case: K }> extends { readonly value: infer V } ? V : never;

/**
 * What a runner has asked of a harness and is not answered yet.
 *
 *   I1. Each instruction is answered at most once; a second answer, or one that nobody asked for, is passed over.
 *   I2. Once the harness is lost every instruction fails, those included that are given later.
 */
export class Instructions {
  readonly #send: (message: Uint8Array) => void;
  readonly #silence: Silence | undefined;
  readonly #waiting = new Map<string, Waiting>();
  #lost: Error | undefined;
  #serial = 0;

  /** `silence` is told what is expected of the harness. */
  constructor(send: (message: Uint8Array) => void, silence?: Silence) {
    this.#send = send;
    this.#silence = silence;
  }

  newId(): string {
    return `instruction ${String(this.#serial++)}`;
  }

  /** @throws STRAHL-8001 for an answer of another kind, or what the harness says went wrong */
  async ask<K extends Instruction['case']>(
    id: string,
    request: Init<Extract<Instruction, { readonly case: K }>>,
  ): Promise<AnswerTo<K>> {
    if (this.#lost !== undefined) throw this.#lost;
    const answer = new Promise<InstructionResponse>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
    // What is left out of the request has its default; that it is of one kind stays true.
    const instruction = request as Init<Instruction>;
    this.tell({ instructionId: id, request: instruction });
    this.#silence?.expect();
    const { response } = await answer.finally(() => this.#silence?.settled());
    const expected = (request as { readonly case: K }).case;
    if (response?.case === expected) return response.value as AnswerTo<K>;
    throw new StrahlError('protocolBroken', {
      title: `the harness answered ${response?.case ?? 'nothing'}, expected ${expected}`,
    });
  }

  /** Asks for a sign of life what a harness can answer while a function runs, about a bundle if one does. */
  probe(bundle: BundleId | undefined): void {
    const id = this.newId();
    const answer: Promise<unknown> =
      bundle === undefined
        ? this.ask(id, { case: 'harnessMonitoringInfos', value: {} })
        : this.ask(id, { case: 'processBundleProgress', value: { instructionId: bundle } });
    // Whatever it answers, it lives.
    answer.catch(() => undefined);
  }

  /** Says something that has no answer of its own. */
  tell(request: Init<InstructionRequest>): void {
    this.#send(encodeInstructionRequest(request));
  }

  receive(message: Uint8Array): void {
    const response = decodeInstructionResponse(message);
    const waiting = this.#waiting.get(response.instructionId);
    this.#waiting.delete(response.instructionId);
    if (response.error === '') waiting?.resolve(response);
    else waiting?.reject(failureOf(response));
  }

  /** Nobody waits for the answer any more. */
  giveUp(id: string, failure: Error): void {
    this.#waiting.get(id)?.reject(failure);
    this.#waiting.delete(id);
  }

  /** I2 */
  lose(failure: Error): void {
    this.#lost ??= failure;
    for (const { reject } of this.#waiting.values()) reject(failure);
    this.#waiting.clear();
  }
}

function failureOf({ error, response }: InstructionResponse): StrahlError {
  const failure = errorFromText(error);
  if (response?.case === 'processBundle') {
    noteFailedMetrics(failure, metricsOf(response.value.monitoringInfos));
  }
  return failure;
}

/** The metrics among monitoring infos that Strahl keeps. */
export function metricsOf(
  infos: ProcessBundleResponse['monitoringInfos'],
): readonly MetricUpdate[] {
  return infos.map(metricFromProto).filter((metric) => metric !== undefined);
}
