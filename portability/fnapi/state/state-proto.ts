import { StrahlError } from '../../errors.js';
import { bundleId, type BundleId } from '../../model/ids.js';
import type { Init } from '../../proto/codec.js';
import {
  decodeStateResponse,
  encodeStateRequest,
  encodeStateResponse,
  type StateRequest,
  type StateResponse,
} from '../../proto/generated/fn-api.js';
import type { StateAccess, StateCell, StateKey, StatePage } from '../connection.js';
import { errorFromText, errorText } from '../messages/error-text.js';
import {
  stateKeyFromProto,
  stateKeyToProto,
  userStateKeyFromProto,
} from '../messages/state-keys.js';
import type { CacheTokens } from './cache-tokens.js';
import type { StateCache } from './state-cache.js';

type Request = Init<NonNullable<StateRequest['request']>>;
type Response = NonNullable<StateResponse['response']>;

type Ask = (key: StateKey, request: Request) => Promise<Response>;

/** The harness's end: asks the runner for the state of one bundle. */
export class StateClient {
  readonly #send: (message: Uint8Array, endpoint?: string) => void;
  readonly #waiting = new Map<
    string,
    { readonly resolve: (response: Response) => void; readonly reject: (error: Error) => void }
  >();
  readonly #cache: StateCache;
  #serial = 0;

  constructor(send: (message: Uint8Array, endpoint?: string) => void, cache: StateCache) {
    this.#send = send;
    this.#cache = cache;
  }

  /**
   * `tokens`: what may be kept from bundle to bundle; `wholeMaps`: whether the runner answers for all of a map at
   * once.
   */
  access(
    bundle: BundleId,
    tokens: CacheTokens,
    endpoint?: string,
    wholeMaps: boolean = true,
  ): StateAccess {
    const ask: Ask = (key, request) => this.#ask(bundle, key, request, endpoint);
    const cache = this.#cache;
    return {
      wholeMaps,
      read: (cells) => {
        const pages = cells.map((cell) => {
          const name = tokens.nameOf(cell);
          if (name === undefined) return getPage(ask, cell);
          return cache.read(name, cell.key.kind, () => getPage(ask, cell));
        });
        return pages.every(isHere)
          ? pages
          : Promise.all(pages.map((page) => Promise.resolve(page)));
      },
      append: async (key, data) => {
        const name = tokens.nameOf({ key });
        if (name !== undefined) cache.append(name, data);
        await ask(key, { case: 'append', value: { data } });
      },
      clear: async (key) => {
        const name = tokens.nameOf({ key });
        if (name !== undefined) cache.clear(name);
        await ask(key, { case: 'clear', value: {} });
      },
    };
  }

  #ask(bundle: BundleId, key: StateKey, request: Request, endpoint?: string): Promise<Response> {
    const id = String(this.#serial++);
    const answer = new Promise<Response>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
    const stateKey = stateKeyToProto(key);
    this.#send(encodeStateRequest({ id, instructionId: bundle, stateKey, request }), endpoint);
    return answer;
  }

  receive(message: Uint8Array): void {
    const { id, error, response } = decodeStateResponse(message);
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error !== '') waiting?.reject(errorFromText(error));
    else if (response === undefined) waiting?.reject(broken('a state response is empty'));
    else waiting?.resolve(response);
  }
}

function isHere(page: StatePage | Promise<StatePage>): page is StatePage {
  return !('then' in page);
}

async function getPage(ask: Ask, { key, token }: StateCell): Promise<StatePage> {
  const response = await ask(key, { case: 'get', value: { continuationToken: token } });
  if (response.case !== 'get') throw broken('a state response holds no data');
  const { data, continuationToken } = response.value;
  return continuationToken.length > 0 ? { data, token: continuationToken } : { data };
}

/** The runner's end: the response to one state request. */
export async function answerState(
  { id, instructionId, stateKey, request }: StateRequest,
  stateOf: (bundle: BundleId) => StateAccess | undefined,
): Promise<Uint8Array> {
  try {
    const state = stateOf(bundleId(instructionId));
    if (state === undefined) throw broken(`no bundle ${instructionId} runs`);
    return encodeStateResponse({ id, response: await respond(state, stateKey, request) });
  } catch (e) {
    return encodeStateResponse({ id, error: errorText(e) });
  }
}

async function respond(
  state: StateAccess,
  stateKey: StateRequest['stateKey'],
  request: StateRequest['request'],
): Promise<Init<Response>> {
  switch (request?.case) {
    case 'get': {
      const key = stateKeyFromProto(stateKey);
      const { continuationToken: token } = request.value;
      const [page] = await state.read([token.length === 0 ? { key } : { key, token }]);
      if (page === undefined) throw broken('the state of the runner gave no page');
      return { case: 'get', value: { data: page.data, continuationToken: page.token } };
    }
    case 'append':
      await state.append(userStateKeyFromProto(stateKey), request.value.data);
      return { case: 'append', value: {} };
    case 'clear':
      await state.clear(userStateKeyFromProto(stateKey));
      return { case: 'clear', value: {} };
    case undefined:
      throw broken('a state request asks for nothing');
  }
}

function broken(title: string): StrahlError {
  return new StrahlError('protocolBroken', { title });
}
