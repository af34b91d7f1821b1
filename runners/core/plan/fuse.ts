import type { PCollectionId } from '#portability/model/ids.js';
import type { Flow } from './flow.js';
import type { ExecutableDraft, RunnerDraft, StageDraft } from './stage-draft.js';
import { mainOf, parDoOf, type Step } from './step.js';

export interface Fused {
  readonly stages: readonly (RunnerDraft | ExecutableDraft)[];
  /** Which stage makes a collection. Collections of flattens are made by none. */
  readonly producing: ReadonlyMap<PCollectionId, RunnerDraft | ExecutableDraft>;
}

/**
 * Puts steps into stages, greedily, in topological order: each joins the stage that produces its input,
 * or else one that reads the same input, or else starts a stage.
 *
 *   FUS-1. A step joins only a stage of its own environment, and never one that its side inputs wait for.
 *   FUS-2. What groups, reshuffles or flattens ends a stage; a forced root starts one.
 *   FUS-3. Each step is in one stage, so each collection is produced once.
 *
 * A step with side inputs never follows a step that assigns windows in its own stage: the engine holds an
 * element back by the windows with which it enters the stage, and those must be the ones of the step.
 */
export function fuse(steps: readonly Step[], flow: Flow, maxStageSteps: number): Fused {
  const fusion = new Fusion(flow, maxStageSteps);
  for (const step of steps) fusion.add(step);
  return fusion;
}

/** FUS-2: whether the engine must see each element before the step does. */
export function isForcedRoot(step: Step): boolean {
  if (step.spec.kind === 'sdf-process-sized') return true;
  const parDo = parDoOf(step.spec);
  return (
    parDo !== undefined &&
    (parDo.stateSpecs.size > 0 ||
      parDo.timerFamilies.size > 0 ||
      parDo.requiresStableInput ||
      parDo.requiresTimeSortedInput)
  );
}

class Fusion implements Fused {
  readonly stages: (RunnerDraft | ExecutableDraft)[] = [];
  readonly producing = new Map<PCollectionId, RunnerDraft | ExecutableDraft>();
  /** Stages by the collection that they read element by element. */
  readonly #reading = new Map<PCollectionId, ExecutableDraft[]>();
  /** Collections whose windows differ from those with which their elements entered the stage. */
  readonly #rewindowed = new Set<PCollectionId>();
  readonly #flow: Flow;
  readonly #maxStageSteps: number;

  constructor(flow: Flow, maxStageSteps: number) {
    this.#flow = flow;
    this.#maxStageSteps = maxStageSteps;
  }

  add(step: Step): void {
    if (step.spec.kind === 'flatten') return;
    if (step.spec.kind === 'test-stream') return this.#addOutputs(step);
    const stage = runnerDraft(step) ?? this.#join(step) ?? this.#start(step);
    if (stage.kind !== 'executable') this.stages.push(stage);
    else if (this.#rewindows(step, stage)) step.outputs.forEach((id) => this.#rewindowed.add(id));
    for (const output of step.outputs) this.producing.set(output, stage);
  }

  /** Each output of a test stream has its own watermark, so each is a stage. */
  #addOutputs(step: Step): void {
    for (const output of step.outputs) {
      const stage: RunnerDraft = { kind: 'test-stream', steps: [step], output };
      this.stages.push(stage);
      this.producing.set(output, stage);
    }
  }

  #rewindows(step: Step, stage: ExecutableDraft): boolean {
    const input = mainOf(step);
    return (
      step.spec.kind === 'window-into' || (stage.input !== input && this.#rewindowed.has(input))
    );
  }

  #join(step: Step): ExecutableDraft | undefined {
    if (isForcedRoot(step)) return undefined;
    const producer = this.producing.get(mainOf(step));
    const siblings = this.#reading.get(mainOf(step)) ?? [];
    const candidates = producer?.kind === 'executable' ? [producer, ...siblings] : siblings;
    const stage = candidates.find((candidate) => this.#mayJoin(step, candidate));
    if (stage === undefined) return undefined;
    stage.steps.push(step);
    for (const { pcollection } of step.sides) stage.sides.add(pcollection);
    return stage;
  }

  #mayJoin(step: Step, stage: ExecutableDraft): boolean {
    return (
      stage.environmentId === step.transform.environmentId &&
      stage.steps.length < this.#maxStageSteps &&
      // Another reader of a forced root's input would be driven by the root's own scheduling.
      !(stage.input === mainOf(step) && isForcedRoot(stage.steps[0]!)) &&
      !(step.sides.length > 0 && this.#rewindows(step, stage)) &&
      !this.#waitsFor(step, stage)
    );
  }

  #start(step: Step): ExecutableDraft {
    const input = mainOf(step);
    const { environmentId } = step.transform;
    const stage: ExecutableDraft = {
      kind: 'executable',
      steps: [step],
      input,
      sides: new Set(step.sides.map((side) => side.pcollection)),
      ...(environmentId === undefined ? {} : { environmentId }),
    };
    this.stages.push(stage);
    const readers = this.#reading.get(input);
    if (readers === undefined) this.#reading.set(input, [stage]);
    else readers.push(stage);
    return stage;
  }

  /**
   * FUS-1: whether a side input of `step` is made by `stage`, directly or through other stages. A side
   * input that the stage has already was found harmless when it came, and stays so: a stage gets new
   * predecessors only through this check.
   */
  #waitsFor(step: Step, stage: ExecutableDraft): boolean {
    const open: StageDraft[] = [];
    const seen = new Set<StageDraft>();
    const follow = (id: PCollectionId): void => {
      for (const source of this.#flow.sources(id)) {
        const producer = this.producing.get(source)!;
        if (seen.has(producer)) continue;
        seen.add(producer);
        open.push(producer);
      }
    };
    for (const { pcollection } of step.sides)
      if (!stage.sides.has(pcollection)) follow(pcollection);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === stage) return true;
      if (next.input !== undefined) follow(next.input);
      if (next.kind === 'executable') next.sides.forEach(follow);
    }
    return false;
  }
}

function runnerDraft(step: Step): RunnerDraft | undefined {
  switch (step.spec.kind) {
    case 'impulse':
      return { kind: 'impulse', steps: [step] };
    case 'group-by-key':
      return { kind: 'grouping', steps: [step], input: mainOf(step) };
    case 'reshuffle':
    case 'redistribute':
      return { kind: 'reshuffle', steps: [step], input: mainOf(step) };
    default:
      return undefined;
  }
}
