import { StrahlError } from '#portability/errors.js';
import { durationOf, type DurationLike } from '../duration.js';
import type { Context } from '../dofn/dofn.js';
import { machineClockOf } from '../dofn/machine-clock.js';
import type { CollectionNode } from '../graph/graph-node.js';
import { checkOptionNames } from '../graph/option-names.js';
import { BatchedRequests, type BatchCall } from '../requests/batched-requests.js';
import { RequestPolicy, type RequestContext } from '../requests/request-policy.js';
import { ResponseCache, type CacheKey } from '../requests/response-cache.js';
import type { Schema } from '../schema/schema.js';
import { mapStep, processStep } from './elements.js';
import { checkFunction, type AnyFunction, type StepInput } from './par-do.js';

/** The options of `requestResponse` and `enrich`, their types erased. */
export interface RequestStepOptions {
  readonly batch?: number;
  readonly cache?: true | CacheFields;
  readonly concurrency?: number;
  readonly ordered?: boolean;
  readonly rate?: number;
  readonly retries?: number;
  readonly timeout?: DurationLike;
  readonly name?: string;
  readonly schema?: Schema<unknown>;
  readonly into?: (x: unknown, response: unknown) => unknown;
}

interface CacheFields {
  readonly by: (x: unknown) => CacheKey;
  readonly for?: DurationLike;
  readonly size?: number;
}

const OPTIONS: readonly string[] = [
  ...['batch', 'cache', 'concurrency', 'name', 'ordered', 'rate', 'retries', 'schema', 'timeout'],
];
const RETRIES = 3;
const TIMEOUT = '30s';
const CACHED = 10_000;
/** Batches under way at a time: fewer than single requests, since each asks for more. */
const BATCHES = 4;

/** A step that asks a service for each element, or for several at once. */
export function requestStep(
  input: StepInput,
  call: AnyFunction,
  o: RequestStepOptions,
  name: 'requestResponse' | 'enrich',
): CollectionNode {
  checkFunction(call, input, name);
  checkOptionNames(input.graph, name, o, name === 'enrich' ? [...OPTIONS, 'into'] : OPTIONS);
  if (name === 'enrich')
    checkFunction((o as RequestStepOptions | undefined)?.into, input, 'into of enrich');
  const { concurrency, ordered, schema } = o;
  const options = {
    ...(schema === undefined ? {} : { schema }),
    ...(o.name === undefined ? {} : { name: o.name }),
    ...(ordered === undefined ? {} : { ordered }),
  };
  const policy = policyOf(input, o, name);
  const cache = cacheOf(input, o, name);
  const into = o.into ?? ((_: unknown, response: unknown) => response);
  if (o.batch === undefined) {
    const request = single(call as SingleCall, policy, cache, into);
    const overlap = concurrency === undefined ? {} : { concurrency };
    return mapStep(input, request, { ...options, ...overlap }, name);
  }
  const setting = {
    call: call as BatchCall,
    policy,
    into,
    size: checked(input, name, 'batch', o.batch, (n) => Number.isSafeInteger(n) && n > 0),
    concurrency: checked(input, name, 'concurrency', concurrency ?? BATCHES, (n) => n >= 1),
    ...(cache === undefined ? {} : { cache }),
  };
  const create = (): BatchedRequests => new BatchedRequests(setting);
  return processStep(input, create, { ...options, concurrency: 1 }, name);
}

type SingleCall = (x: unknown, c: RequestContext) => Promise<unknown>;

interface Cache {
  readonly responses: ResponseCache<unknown>;
  readonly by: (x: unknown) => CacheKey;
}

function single(
  call: SingleCall,
  policy: RequestPolicy,
  cache: Cache | undefined,
  into: (x: unknown, response: unknown) => unknown,
): (x: unknown, c: Context) => Promise<unknown> {
  return async (x, context) => {
    const clock = machineClockOf(context);
    const { signal } = context;
    const ask = (): Promise<unknown> => policy.run((c) => call(x, c), signal, clock);
    if (cache === undefined) return into(x, await ask());
    const key = cache.by(x);
    let response = cache.responses.find(key, clock.now());
    if (response === undefined) cache.responses.put(key, (response = ask()), clock.now());
    return into(x, await response);
  };
}

function policyOf(input: StepInput, o: RequestStepOptions, name: string): RequestPolicy {
  const timeoutMs = durationOf(o.timeout ?? TIMEOUT, `timeout of ${name}`, input.graph.site);
  const limits = {
    timeoutMs: checked(input, name, 'timeout', timeoutMs, (ms) => ms > 0),
    rate: checked(input, name, 'rate', o.rate ?? Infinity, (n) => n > 0),
    retries: checked(
      input,
      name,
      'retries',
      o.retries ?? RETRIES,
      (n) => Number.isSafeInteger(n) && n >= 0,
    ),
  };
  return new RequestPolicy(limits);
}

function cacheOf(input: StepInput, o: RequestStepOptions, name: string): Cache | undefined {
  if (o.cache === undefined) return undefined;
  const cache = o.cache === true ? { by: itself } : o.cache;
  const { graph } = input;
  checkOptionNames(graph, `cache of ${name}`, cache, ['by', 'for', 'size']);
  if (typeof cache.by !== 'function') {
    throw new StrahlError('badValue', {
      title: `cache of ${name} is not told which elements are alike`,
      ...graph.where(name),
      fix: 'cache: { by: (x) => x.id }, or cache: true where elements are strings or numbers',
    });
  }
  const lifetime =
    cache.for === undefined ? Infinity : durationOf(cache.for, 'cache.for', graph.site);
  const size = checked(input, name, 'cache.size', cache.size ?? CACHED, (n) => n >= 1);
  return {
    by: cache.by,
    responses: new ResponseCache(size, lifetime),
  };
}

/** Elements that are keys themselves, which callers without a compiler may not have. */
function itself(x: unknown): CacheKey {
  if (x === null || ['string', 'number', 'bigint', 'boolean'].includes(typeof x)) {
    return x as CacheKey;
  }
  throw new StrahlError('badValue', {
    title: `cache: true needs elements that are strings or numbers, but one has the type ${typeof x}`,
    fix: 'say which elements are alike: cache: { by: (x) => x.id }',
  });
}

function checked(
  { graph }: StepInput,
  name: string,
  option: string,
  n: number,
  isGood: (n: number) => boolean,
): number {
  if (typeof n === 'number' && isGood(n)) return n;
  throw new StrahlError('badValue', {
    title: `${option} of ${name} is ${String(n)}`,
    ...graph.where(name),
    fix: 'give a positive number; batch and retries are whole numbers',
  });
}
