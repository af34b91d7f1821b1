import type { Init } from '../../proto/codec.js';
import {
  encodeStateKey,
  type ProcessBundleRequest_CacheToken,
} from '../../proto/generated/fn-api.js';
import { readTransformSpec } from '../../proto/transform-spec.js';
import type { StageDescriptor, StateCell, StateKey } from '../connection.js';
import { stateKeyToProto } from '../messages/state-keys.js';
import { latin1Of } from '../../wire/native-buffer.js';

/** Which state of a bundle its harness may keep, and under which name. */
export class CacheTokens {
  readonly #user: string | undefined;
  readonly #sides = new Map<string, string>();

  constructor(tokens: readonly ProcessBundleRequest_CacheToken[]) {
    let user: string | undefined;
    for (const { type, token } of tokens) {
      const text = latin1Of(token);
      if (type?.case === 'userState') user = text;
      else if (type?.case === 'sideInput') {
        this.#sides.set(sideName(type.value.transformId, type.value.sideInputId), text);
      }
    }
    this.#user = user;
  }

  /** `undefined` for what must be asked for each time. */
  nameOf({ key, token: page }: StateCell): string | undefined {
    const token = this.#tokenOf(key);
    if (token === undefined) return undefined;
    const cell = latin1Of(encodeStateKey(stateKeyToProto(key)));
    const at = page === undefined ? '' : latin1Of(page);
    return `${String(token.length)} ${token}${String(cell.length)} ${cell}${at}`;
  }

  #tokenOf(key: StateKey): string | undefined {
    if (key.kind === 'bag') return this.#user;
    return 'sideInput' in key ? this.#sides.get(sideName(key.transform, key.sideInput)) : undefined;
  }
}

function sideName(transform: string, sideInput: string): string {
  return JSON.stringify([transform, sideInput]);
}

/**
 * The tokens that a runner gives with the bundles of one stage.
 *
 *   T1. User state changes by committed bundles alone, all of them run by the same harness. After one that failed,
 *       what the harness keeps may be more than what is true: a new token.
 *   T2. A side input that is bounded and fires once never changes after it could be read first.
 */
export class StageTokens {
  readonly #prefix: string;
  readonly #hasState: boolean;
  readonly #sides: readonly Init<ProcessBundleRequest_CacheToken>[];
  #failures = 0;

  /** @param prefix what no other connection to a harness has */
  constructor(prefix: string, stage: StageDescriptor) {
    this.#prefix = `${prefix} ${stage.id}`;
    const steps = stage.transforms.map((transform) => ({
      transform,
      spec: readTransformSpec(transform),
    }));
    this.#hasState = steps.some(({ spec }) => spec.kind === 'par-do' && spec.stateSpecs.size > 0);
    const token = Buffer.from(this.#prefix);
    this.#sides = steps.flatMap(({ transform, spec }) => {
      const sides = 'sideInputs' in spec ? [...spec.sideInputs.keys()] : [];
      return sides
        .filter((name) => staysAsItIs(stage, transform.inputs.get(name)))
        .map((sideInputId) => {
          const value = { transformId: transform.id, sideInputId };
          return { type: { case: 'sideInput', value } as const, token };
        });
    });
  }

  /** For the next bundle. */
  get tokens(): readonly Init<ProcessBundleRequest_CacheToken>[] {
    if (!this.#hasState) return this.#sides;
    const token = Buffer.from(`${this.#prefix} ${String(this.#failures)}`);
    return [...this.#sides, { type: { case: 'userState', value: {} }, token }];
  }

  failed(): void {
    this.#failures++;
  }
}

type Collections = StageDescriptor['components']['pcollections'];

/** T2 */
function staysAsItIs(
  { components: { pcollections, windowingStrategies } }: StageDescriptor,
  id: Parameters<Collections['get']>[0] | undefined,
): boolean {
  const collection = id === undefined ? undefined : pcollections.get(id);
  if (collection?.boundedness !== 'bounded') return false;
  const windowing = windowingStrategies.get(collection.windowingStrategyId);
  return windowing?.trigger.kind === 'default';
}
