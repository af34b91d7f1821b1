import {
  decodeElements,
  decodeInstructionRequest,
  decodeInstructionResponse,
  decodeStateRequest,
  decodeStateResponse,
  type Elements,
  type InstructionResponse,
  type StateRequest,
  type StateResponse,
} from '#portability/proto/generated/fn-api.js';
import type { Conversation } from './conversation.js';
import { Streams } from './streams.js';

/** What a worker did for a bundle, in its order. */
export type Act =
  | { readonly kind: 'emit'; readonly elements: Elements }
  | { readonly kind: 'ask'; readonly request: StateRequest }
  | { readonly kind: 'hear'; readonly response: StateResponse }
  | { readonly kind: 'answer'; readonly response: InstructionResponse };

export interface RecordedBundle {
  readonly id: string;
  /** Without the worker that its descriptor was made for. */
  readonly stage: string;
  readonly cacheTokens: readonly (string | undefined)[];
  readonly acts: Act[];
}

/** The stage that a descriptor of this engine is of. */
export function stageOf(descriptorId: string): string {
  return descriptorId.replace(/@.*/, '');
}

/** A conversation bundle by bundle. */
export class RecordedBundles {
  readonly bundles: RecordedBundle[] = [];
  readonly inputs: Streams = new Streams();
  /** Answers to what was asked beside bundles. */
  readonly answers: InstructionResponse[] = [];
  readonly #byId = new Map<string, RecordedBundle>();
  /** Which bundle a state request is of. */
  readonly #asked = new Map<string, string>();

  constructor({ said }: Conversation) {
    for (const { from, service, bytes } of said) {
      if (from === 'runner') this.#runnerSaid(service, bytes);
      else this.#workerSaid(service, bytes);
    }
  }

  #runnerSaid(service: string, bytes: Uint8Array): void {
    if (service === 'data') {
      this.inputs.add(decodeElements(bytes));
    } else if (service === 'state') {
      const response = decodeStateResponse(bytes);
      this.#act(this.#asked.get(response.id), { kind: 'hear', response });
    } else {
      const { instructionId: id, request } = decodeInstructionRequest(bytes);
      if (request?.case !== 'processBundle') return;
      const { processBundleDescriptorId, cacheTokens, elements } = request.value;
      if (elements !== undefined) this.inputs.add(elements);
      const bundle = {
        ...{ id, stage: stageOf(processBundleDescriptorId), acts: [] },
        cacheTokens: cacheTokens.map(({ type }) => type?.case),
      };
      this.bundles.push(bundle);
      this.#byId.set(id, bundle);
    }
  }

  #workerSaid(service: string, bytes: Uint8Array): void {
    if (service === 'data') {
      const { data, timers } = decodeElements(bytes);
      for (const id of new Set([...data, ...timers].map((part) => part.instructionId))) {
        const isOwn = (part: { readonly instructionId: string }) => part.instructionId === id;
        const elements = { data: data.filter(isOwn), timers: timers.filter(isOwn) };
        this.#act(id, { kind: 'emit', elements });
      }
    } else if (service === 'state') {
      const request = decodeStateRequest(bytes);
      this.#asked.set(request.id, request.instructionId);
      this.#act(request.instructionId, { kind: 'ask', request });
    } else {
      const response = decodeInstructionResponse(bytes);
      if (this.#byId.has(response.instructionId)) {
        this.#act(response.instructionId, { kind: 'answer', response });
      } else this.answers.push(response);
    }
  }

  #act(id: string | undefined, act: Act): void {
    this.#byId.get(id ?? '')?.acts.push(act);
  }
}
