import type {
  BundleOutcome,
  BundleProgress,
  BundleRequest,
  Connection,
  DesiredSplit,
  StageFrames,
} from '#portability/fnapi/connection.js';
import { stageId, transformId, type BundleId, type StageId } from '#portability/model/ids.js';
import type { TimeDomain } from '#portability/model/transform-spec.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';
import type { Frame } from '#portability/wire/frames.js';
import { globalWindowCoder, PAIRS, text, windowCoder } from './input/frames.fixture.js';
import type { FrameShape } from './input/frame-scan.js';
import {
  edgeId,
  type Edge,
  type EdgeId,
  type EdgeMode,
  type ExecutableStage,
  type GroupingStage,
  type Plan,
  type PlannedStage,
  type SideInputUse,
} from './plan/plan.js';
import { cutIntoSegments } from './plan/segments.js';

/** Elements of an impulse, and of a list of texts in the global window. */
export const BYTES: FrameShape = { windowCoder: globalWindowCoder, elementCoder: text };
export const TEXTS: FrameShape = { windowCoder, elementCoder: text };
export { PAIRS };

/** Puts a plan together by hand: stages first to last, each edge with its stages. */
export class PlanSketch {
  readonly #stages: PlannedStage[] = [];
  readonly #edges = new Map<EdgeId, Edge>();

  edge(from: string, to: string, shape: FrameShape, mode: EdgeMode = 'local'): EdgeId {
    const id = edgeId(`${from}→${to}${this.#edges.has(edgeId(`${from}→${to}`)) ? '′' : ''}`);
    const stages = { from: stageId(from), to: stageId(to) };
    this.#edges.set(id, { id, ...stages, mode, ...shape });
    return id;
  }

  impulse(name: string, outputs: readonly EdgeId[]): this {
    this.#stages.push({ ...baseOf(name), kind: 'impulse', inputs: [], outputs });
    return this;
  }

  executable(
    name: string,
    inputs: readonly EdgeId[],
    outputs: readonly EdgeId[],
    more: {
      readonly sideInputs?: readonly SideInputUse[];
      readonly input?: ExecutableStage['input'];
      readonly boundedness?: ExecutableStage['boundedness'];
      readonly truncation?: ExecutableStage['truncation'];
      readonly transforms?: ExecutableStage['descriptor']['transforms'];
    } = {},
  ): this {
    this.#stages.push({
      ...baseOf(name),
      kind: 'executable',
      inputs,
      descriptor: {
        id: stageId(name),
        components: {} as never,
        transforms: more.transforms ?? [],
      },
      source: transformId(`${name}-source`),
      outputs: [{ sink: transformId(`${name}-sink`), edges: outputs }],
      sideInputs: more.sideInputs ?? [],
      input: more.input ?? 'elements',
      boundedness: more.boundedness ?? 'bounded',
      ...(more.truncation === undefined ? {} : { truncation: more.truncation }),
    });
    return this;
  }

  grouping(
    name: string,
    inputs: readonly EdgeId[],
    outputs: readonly EdgeId[],
    windowing: WindowingStrategy,
    more: Partial<Pick<GroupingStage, 'keyed' | 'counted' | 'compaction' | 'merging'>> = {},
  ): this {
    const stage = { ...baseOf(name), kind: 'grouping', inputs, outputs, windowing } as const;
    this.#stages.push({ ...stage, keyed: true, counted: false, ...more });
    return this;
  }

  /** Keeps no state, has timers of one family. */
  stateful(
    name: string,
    inputs: readonly EdgeId[],
    outputs: readonly EdgeId[],
    windowing: WindowingStrategy,
    domain: TimeDomain,
  ): this {
    this.#stages.push({
      ...baseOf(name),
      kind: 'stateful',
      inputs,
      descriptor: { id: stageId(name), components: {} as never, transforms: [] },
      source: transformId(`${name}-source`),
      outputs: [{ sink: transformId(`${name}-sink`), edges: outputs }],
      sideInputs: [],
      root: transformId(name),
      windowing,
      states: new Map(),
      mapValues: new Map(),
      families: new Map([['timer', domain]]),
      timeSorted: false,
    });
    return this;
  }

  view(name: string, input: EdgeId, windowing: WindowingStrategy): this {
    this.#stages.push({ ...baseOf(name), kind: 'view', inputs: [input], windowing });
    return this;
  }

  reshuffle(name: string, inputs: readonly EdgeId[], outputs: readonly EdgeId[]): this {
    this.#stages.push({ ...baseOf(name), kind: 'reshuffle', inputs, outputs });
    return this;
  }

  plan(): Plan {
    return {
      stages: this.#stages,
      ...cutIntoSegments(this.#stages, this.#edges),
      compactions: [],
    };
  }
}

function baseOf(name: string) {
  const steps = [{ transform: transformId(name), name }];
  return { id: stageId(name), name, steps };
}

/** What a stage of user code does with a bundle. */
export type StageFunction = (request: BundleRequest) => BundleOutcome | Promise<BundleOutcome>;

/** User code as plain functions by the name of their stage. */
export class FunctionsConnection implements Connection {
  readonly finalized: BundleId[] = [];
  readonly aborted: BundleId[] = [];
  closed = 0;
  readonly #functions: Readonly<Record<string, StageFunction>>;

  constructor(functions: Readonly<Record<string, StageFunction>>) {
    this.#functions = functions;
  }

  register(): void {
    // The functions are there.
  }

  process(request: BundleRequest): BundleOutcome | Promise<BundleOutcome> {
    return this.#functions[request.stage]!(request);
  }

  progress(): BundleProgress | undefined {
    return undefined;
  }

  /** What `split` answers. */
  splitAnswer: Connection['split'] = () => undefined;

  split(bundle: BundleId, desired: DesiredSplit): ReturnType<Connection['split']> {
    return this.splitAnswer(bundle, desired);
  }

  finalizeAnswer: () => void | Promise<void> = () => undefined;

  finalize(bundle: BundleId): void | Promise<void> {
    this.finalized.push(bundle);
    return this.finalizeAnswer();
  }

  abort(bundle: BundleId): void {
    this.aborted.push(bundle);
  }

  mergeAccumulators(): never {
    throw new RangeError('no combine in this plan');
  }

  /** What `mergeWindows` answers. */
  mergeAnswer: (windows: Frame) => Frame | Promise<Frame> = () => {
    throw new RangeError('no windows of the user in this plan');
  };

  mergeWindows(_stage: StageId, windows: Frame): Frame | Promise<Frame> {
    return this.mergeAnswer(windows);
  }

  mapWindows(): never {
    throw new RangeError('no window mapping in this plan');
  }

  close(): void {
    this.closed++;
  }
}

/** An outcome that emits `frames` at the one sink of `stage`. */
export function emits(stage: StageId, ...frames: readonly Frame[]): BundleOutcome {
  const outputs: readonly StageFrames[] = [{ transform: transformId(`${stage}-sink`), frames }];
  return { outputs, residuals: [], timers: [], metrics: [], finalize: false };
}

export function framesIn({ inputs }: BundleRequest): readonly Frame[] {
  return inputs.flatMap(({ frames }) => frames);
}
