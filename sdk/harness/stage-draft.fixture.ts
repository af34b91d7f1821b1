import { NO_STATE, NO_TIMES } from '#portability/fnapi/no-state.js';
import type { CoderRegistry } from '#portability/coders/registry.js';
import type {
  BundleLimits,
  BundleOutcome,
  BundleRequest,
  Connection,
  StageDescriptor,
} from '#portability/fnapi/connection.js';
import { functionSpec, type FunctionSpec } from '#portability/model/function-spec.js';
import type { CoderSpec, PCollection, Transform } from '#portability/model/graph.js';
import {
  bundleId,
  coderId,
  pcollectionId,
  stageId,
  transformId,
  windowingStrategyId,
  type CoderId,
  type PCollectionId,
  type WindowingStrategyId,
} from '#portability/model/ids.js';
import { NO_FIRING } from '#portability/model/panes.js';
import { duration, TIMESTAMP_MIN, type EventTime } from '#portability/model/time.js';
import type { ParDoSpec, TransformSpec } from '#portability/model/transform-spec.js';
import { DEFAULT_TRIGGER } from '#portability/model/triggers.js';
import type { WindowFnSpec, WindowingStrategy } from '#portability/model/windowing.js';
import { GLOBAL_WINDOWS, type Window } from '#portability/model/windows.js';
import { writeTransformSpec } from '#portability/proto/transform-spec.js';
import { FrameReader } from '#portability/wire/frame-reader.js';
import { FrameWriter } from '#portability/wire/frame-writer.js';
import type { Frame } from '#portability/wire/frames.js';
import { functionRef } from '../dofn/function-ref.js';
import type { FunctionRegistry, UserFunction } from '../dofn/user-function.js';
import { stageCoders } from './stage/stage-coders.js';

/** A coder written as its URN's short name and its components: `['kv', 'string_utf8', 'varint']`. */
export type CoderText = string | readonly [string, ...CoderText[]];

/** Builds the descriptor of one stage by hand, and talks to a connection that runs it. */
export class StageDraft {
  readonly functions: Map<string, UserFunction> = new Map();
  readonly #coders = new Map<CoderId, CoderSpec>();
  readonly #pcollections = new Map<PCollectionId, PCollection>();
  readonly #windowings = new Map<WindowingStrategyId, WindowingStrategy>();
  readonly #transforms: Transform[] = [];

  coder(text: CoderText): CoderId {
    const [name, ...parts] = typeof text === 'string' ? [text] : text;
    const componentIds = parts.map((part) => this.coder(part));
    const id = coderId(JSON.stringify(text));
    const urn = name.includes(':') ? name : `beam:coder:${name}:v1`;
    this.#coders.set(id, { spec: functionSpec(urn), componentIds });
    return id;
  }

  pcollection(
    name: string,
    coder: CoderText,
    windowFn: WindowFnSpec = { kind: 'global' },
    boundedness: PCollection['boundedness'] = 'bounded',
  ): string {
    const windowingStrategyId = this.#windowing(windowFn);
    this.#pcollections.set(pcollectionId(name), {
      id: pcollectionId(name),
      uniqueName: name,
      coderId: this.coder(coder),
      boundedness,
      windowingStrategyId,
      displayData: [],
    });
    return name;
  }

  #windowing(windowFn: WindowFnSpec): WindowingStrategyId {
    const id = windowingStrategyId(JSON.stringify(windowFn));
    const window = windowFn.kind === 'global' ? 'global_window' : 'interval_window';
    this.#windowings.set(id, {
      windowFn,
      mergeStatus: windowFn.kind === 'sessions' ? 'needs-merge' : 'non-merging',
      windowCoderId: this.coder(window),
      trigger: DEFAULT_TRIGGER,
      accumulation: 'discarding',
      timestampCombiner: 'end-of-window',
      closing: 'if-non-empty',
      onTime: 'always',
      allowedLateness: duration(0),
      assignsToOneWindow: windowFn.kind !== 'sliding',
    });
    return id;
  }

  add(
    name: string,
    spec: TransformSpec,
    inputs: Readonly<Record<string, string>>,
    outputs: Readonly<Record<string, string>>,
  ): this {
    const ids = (names: Readonly<Record<string, string>>): Map<string, PCollectionId> =>
      new Map(Object.entries(names).map(([local, id]) => [local, pcollectionId(id)]));
    this.#transforms.push({
      id: transformId(name),
      uniqueName: `Steps/${name}`,
      spec: writeTransformSpec(spec),
      subtransforms: [],
      inputs: ids(inputs),
      outputs: ids(outputs),
      displayData: [],
      annotations: new Map([['strahl:site', new TextEncoder().encode('pipeline.ts:3:5')]]),
    });
    return this;
  }

  source(pcollection: string): this {
    const { coderId: id } = this.#pcollections.get(pcollectionId(pcollection))!;
    return this.add('source', { kind: 'runner-source', coderId: id }, {}, { out: pcollection });
  }

  sink(name: string, pcollection: string): this {
    const { coderId: id } = this.#pcollections.get(pcollectionId(pcollection))!;
    return this.add(name, { kind: 'runner-sink', coderId: id }, { in: pcollection }, {});
  }

  /** A ParDo over `fn`, from one collection to one. */
  parDo(name: string, fn: UserFunction, input: string, output: string): this {
    return this.add(name, parDoOf(this.ref(name, fn)), { in: input }, { out: output });
  }

  ref(path: string, fn: UserFunction): FunctionSpec {
    this.functions.set(path, fn);
    return functionRef(path);
  }

  build(): StageDescriptor {
    return {
      id: stageId('stage'),
      transforms: this.#transforms,
      components: {
        transforms: new Map(this.#transforms.map((t) => [t.id, t])),
        pcollections: this.#pcollections,
        windowingStrategies: this.#windowings,
        coders: this.#coders,
        environments: new Map(),
      },
    };
  }
}

export function parDoOf(doFn: FunctionSpec, more: Partial<ParDoSpec> = {}): ParDoSpec {
  return {
    kind: 'par-do',
    doFn,
    sideInputs: new Map(),
    stateSpecs: new Map(),
    timerFamilies: new Map(),
    requestsFinalization: false,
    requiresTimeSortedInput: false,
    requiresStableInput: false,
    ...more,
  };
}

/** A function without side inputs. */
export function calling(
  kind: 'map' | 'filter' | 'flat-map' | 'attempt' | 'map-values' | 'key-by',
  call: (...args: never[]) => unknown,
  more: { readonly concurrency?: number; readonly ordered?: boolean } = {},
): UserFunction {
  return { kind, call, sides: {}, concurrency: 8, ordered: true, ...more };
}

/** An element with what travels beside it. */
export interface Windowed {
  readonly value: unknown;
  readonly timestamp?: number;
  readonly windows?: readonly Window[];
}

const NO_LIMITS: BundleLimits = {
  elements: Infinity,
  outputBytes: Infinity,
  time: duration(Infinity),
};

/** Encodes elements for a port of the stage, and decodes what comes out of one. */
export class StageCodec {
  readonly #descriptor: StageDescriptor;
  readonly #coders: CoderRegistry;

  constructor(descriptor: StageDescriptor, functions: FunctionRegistry) {
    this.#descriptor = descriptor;
    this.#coders = stageCoders(descriptor, functions);
  }

  encode(pcollection: string, elements: readonly Windowed[]): readonly Frame[] {
    const { coder, windowCoder } = this.#codersOf(pcollection);
    const writer = new FrameWriter({ windowCoder, keyed: false });
    for (const { value, timestamp = TIMESTAMP_MIN, windows = GLOBAL_WINDOWS } of elements) {
      coder.encode(value, writer.begin(timestamp as EventTime, windows, NO_FIRING));
      writer.end();
    }
    return writer.flush();
  }

  decode(pcollection: string, frames: readonly Frame[]): readonly Required<Windowed>[] {
    const { coder, windowCoder } = this.#codersOf(pcollection);
    const reader = new FrameReader(windowCoder);
    return frames.flatMap((frame) => {
      const elements: Required<Windowed>[] = [];
      reader.reset(frame);
      while (reader.next()) {
        const { timestamp, windows } = reader;
        elements.push({ value: coder.decode(reader.input), timestamp, windows });
      }
      return elements;
    });
  }

  values(pcollection: string, frames: readonly Frame[]): readonly unknown[] {
    return this.decode(pcollection, frames).map(({ value }) => value);
  }

  #codersOf(pcollection: string) {
    const { components } = this.#descriptor;
    const { coderId: id, windowingStrategyId: windowing } = components.pcollections.get(
      pcollectionId(pcollection),
    )!;
    const { windowCoderId } = components.windowingStrategies.get(windowing)!;
    return {
      coder: this.#coders.coderOf(id),
      windowCoder: this.#coders.coderOf(windowCoderId) as never,
    };
  }
}

/** A request for one bundle of the stage. */
export function bundleOf(
  frames: readonly Frame[],
  more: Partial<BundleRequest> = {},
): BundleRequest {
  return {
    bundle: bundleId('bundle'),
    stage: stageId('stage'),
    inputs: [{ transform: transformId('source'), frames }],
    timers: [],
    times: NO_TIMES,
    state: NO_STATE,
    limits: NO_LIMITS,
    signal: new AbortController().signal,
    ...more,
  };
}

/** Runs elements through the stage and gives what came out of its sinks. */
export async function runElements(
  connection: Connection,
  codec: StageCodec,
  elements: readonly Windowed[],
  more: Partial<BundleRequest> = {},
): Promise<BundleOutcome> {
  return connection.process(bundleOf(codec.encode('in', elements), more));
}

/** What a sink wrote. */
export function framesOf({ outputs }: BundleOutcome, sink = 'sink'): readonly Frame[] {
  return outputs.find(({ transform }) => transform === transformId(sink))?.frames ?? [];
}
