import { StrahlError } from '../errors.js';
import { bundleId, transformId, type BundleId } from '../model/ids.js';
import {
  decodeStateRequest,
  decodeStateResponse,
  encodeStateRequest,
  encodeStateResponse,
  type StateRequest,
} from '../proto/generated/fn-api.js';
import type { StateCell, StatePage, StateReader } from './connection.js';
import { errorFromText, errorText } from './error-text.js';

/** The harness's end: asks the runner for the state of one bundle. */
export class StateClient {
  readonly #send: (message: Uint8Array) => void;
  readonly #waiting = new Map<
    string,
    { readonly resolve: (page: StatePage) => void; readonly reject: (error: Error) => void }
  >();
  #serial = 0;

  constructor(send: (message: Uint8Array) => void) {
    this.#send = send;
  }

  reader(bundle: BundleId): StateReader {
    return {
      read: (cells) => Promise.all(cells.map((cell) => this.#ask(bundle, cell))),
    };
  }

  #ask(bundle: BundleId, { key, token }: StateCell): Promise<StatePage> {
    const id = String(this.#serial++);
    const answer = new Promise<StatePage>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
    const { transform, sideInput, window } = key;
    const value = { transformId: transform, sideInputId: sideInput, window };
    this.#send(
      encodeStateRequest({
        id,
        instructionId: bundle,
        stateKey: { type: { case: 'iterableSideInput', value } },
        request: { case: 'get', value: { continuationToken: token } },
      }),
    );
    return answer;
  }

  receive(message: Uint8Array): void {
    const { id, error, response } = decodeStateResponse(message);
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error !== '') waiting?.reject(errorFromText(error));
    else if (response?.case !== 'get') waiting?.reject(broken('a state response holds no data'));
    else {
      const { data, continuationToken } = response.value;
      const more = continuationToken.length > 0;
      waiting?.resolve(more ? { data, token: continuationToken } : { data });
    }
  }
}

/** The runner's end: the response to one state request. */
export async function answerState(
  message: Uint8Array,
  stateOf: (bundle: BundleId) => StateReader | undefined,
): Promise<Uint8Array> {
  const request = decodeStateRequest(message);
  const { id, instructionId } = request;
  try {
    const state = stateOf(bundleId(instructionId));
    if (state === undefined) throw broken(`no bundle ${instructionId} runs`);
    const [page] = await state.read([cellOf(request)]);
    if (page === undefined) throw broken('the state of the runner gave no page');
    const value = { data: page.data, continuationToken: page.token };
    return encodeStateResponse({ id, response: { case: 'get', value } });
  } catch (e) {
    return encodeStateResponse({ id, error: errorText(e) });
  }
}

function cellOf({ stateKey, request }: StateRequest): StateCell {
  const type = stateKey?.type;
  if (type?.case !== 'iterableSideInput' || request?.case !== 'get') {
    throw new StrahlError('unsupportedFeature', {
      title: `state of kind ${type?.case ?? 'none'} cannot be read here`,
    });
  }
  const { transformId: transform, sideInputId: sideInput, window } = type.value;
  const key = {
    kind: 'iterable-side-input',
    transform: transformId(transform),
    sideInput,
    window,
  } as const;
  const { continuationToken } = request.value;
  return continuationToken.length === 0 ? { key } : { key, token: continuationToken };
}

function broken(title: string): StrahlError {
  return new StrahlError('protocolBroken', { title });
}
