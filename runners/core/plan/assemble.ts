import type { ElementCoder } from '#portability/coders/coder.js';
import type { StageDescriptor } from '#portability/fnapi/connection.js';
import { REFRESH_ANNOTATION } from '#portability/model/graph.js';
import { stageId, type CoderId, type PCollectionId, type StageId } from '#portability/model/ids.js';
import type { Window } from '#portability/model/windows.js';
import { edgeMode } from './cut.js';
import { compactionStage } from './compaction-stage.js';
import { descriptorOf, type Port } from './descriptor.js';
import { groupedParts } from './grouped-parts.js';
import {
  edgeId,
  type Edge,
  type EdgeId,
  type ExecutableStage,
  type GroupingStage,
  type Plan,
  type PlannedStage,
  type PlannedStep,
  type SideInputUse,
  type UserStage,
  type TestStreamStage,
  type ViewStage,
} from './plan.js';
import { mergingStage } from './merging-stage.js';
import type { Collections, EdgeDraft, Routed } from './route.js';
import type { ExecutableDraft, RunnerDraft, StageDraft } from './stage-draft.js';
import { cutIntoSegments } from './segments.js';
import { stageOrder } from './stage-order.js';
import { pairIn, sideInputUse } from './side-input-use.js';
import { keptFor, mapValuesOf } from './stateful-root.js';
import { mainOf, type Step } from './step.js';
import { testEvent, testScript } from './test-script.js';
import { truncateStep } from './truncate-step.js';

/** Makes a coder run; the engine only skips with it. */
export type CoderOf = (id: CoderId) => ElementCoder<unknown>;

/** Names everything and turns the drafts into the frozen plan. */
export function assemble(routed: Routed, collections: Collections, coderOf: CoderOf): Plan {
  const assembly = new Assembly(routed, collections, coderOf);
  const stages = stageOrder(routed).map((draft) => assembly.stage(draft));
  const { compactions } = assembly;
  return Object.freeze({ stages, ...cutIntoSegments(stages, assembly.edges()), compactions });
}

class Assembly {
  readonly compactions: StageDescriptor[] = [];
  readonly #stageIds = new Map<StageDraft, StageId>();
  readonly #edgeIds = new Map<EdgeDraft, EdgeId>();
  readonly #routed: Routed;
  readonly #collections: Collections;
  readonly #coderOf: CoderOf;

  constructor(routed: Routed, collections: Collections, coderOf: CoderOf) {
    this.#routed = routed;
    this.#collections = collections;
    this.#coderOf = coderOf;
    for (const draft of stageOrder(routed)) {
      this.#stageIds.set(draft, stageId(`s${String(this.#stageIds.size)}`));
      for (const { edges } of routed.sinks.get(draft) ?? []) {
        for (const edge of edges) {
          this.#edgeIds.set(edge, edgeId(`e${String(this.#edgeIds.size)}`));
        }
      }
    }
  }

  stage(draft: StageDraft): PlannedStage {
    const steps = originsOf(draft.steps);
    const base = {
      id: this.#stageId(draft),
      name: stageName(draft, steps),
      steps,
      inputs: this.#edgeIdsOf(this.#routed.inputs.get(draft)),
    };
    switch (draft.kind) {
      case 'executable':
        return Object.freeze({ ...base, ...this.#executable(draft, base.id) });
      case 'view':
        return Object.freeze({ ...base, ...this.#view(draft.input) });
      case 'test-stream':
        return Object.freeze({ ...base, ...this.#testStream(draft) });
      case 'impulse':
      case 'reshuffle':
        return Object.freeze({ ...base, kind: draft.kind, outputs: this.#outputs(draft) });
      case 'grouping':
      case 'view-grouping':
        return Object.freeze({ ...base, ...this.#grouping(draft, base.id) });
    }
  }

  edges(): ReadonlyMap<EdgeId, Edge> {
    const edges = new Map<EdgeId, Edge>();
    for (const [draft, id] of this.#edgeIds) edges.set(id, this.#edge(draft, id));
    return edges;
  }

  #edge({ from, to, collection, coder }: EdgeDraft, id: EdgeId): Edge {
    const windowing = this.#windowing(collection);
    const edge = {
      id,
      from: this.#stageId(from),
      to: this.#stageId(to),
      mode: edgeMode(to),
      // A window coder makes windows; nothing in its type says so.
      windowCoder: this.#coderOf(windowing.windowCoderId) as ElementCoder<Window>,
      elementCoder: this.#coderOf(coder),
    };
    const keyed = to.kind === 'executable' && keptFor(to.steps[0]) !== undefined;
    if (to.kind !== 'grouping' && !keyed) return Object.freeze(edge);
    const [key] = this.#collections.draft.coder(coder).componentIds;
    return Object.freeze({ ...edge, keyCoder: this.#coderOf(key!) });
  }

  #executable(draft: ExecutableDraft, id: StageId): OwnFields<UserStage> {
    const { wireCoder, draft: components } = this.#collections;
    const source: Port = {
      transform: components.addTransformId(`${id}-source`),
      collection: draft.input,
      coder: wireCoder(draft.input),
    };
    const sinks = (this.#routed.sinks.get(draft) ?? []).map(({ collection, coder, edges }, i) => ({
      transform: components.addTransformId(`${id}-sink-${String(i)}`),
      collection,
      coder,
      edges,
    }));
    const user = {
      descriptor: descriptorOf(id, source, draft.steps, sinks, components),
      source: source.transform,
      outputs: sinks.map((sink) => ({ sink: sink.transform, edges: this.#edgeIdsOf(sink.edges) })),
      sideInputs: draft.steps.flatMap((step) => this.#sideInputs(step)),
    };
    const root = draft.steps[0];
    const kept = keptFor(root);
    if (kept !== undefined) {
      const mapValues = mapValuesOf(root, this.#coderOf);
      const windowing = this.#windowing(draft.input);
      return { ...user, kind: 'stateful', ...kept, mapValues, windowing };
    }
    const restrictions = root?.spec.kind === 'sdf-process-sized';
    return {
      ...user,
      kind: 'executable',
      input: restrictions ? 'restrictions' : 'elements',
      boundedness: restrictions && this.#isUnbounded(root) ? 'unbounded' : 'bounded',
      ...(restrictions ? { truncation: this.#truncation(user, root, source) } : {}),
      ...(root?.transform.annotations.has(REFRESH_ANNOTATION) === true ? { refreshes: true } : {}),
    };
  }

  #testStream(draft: RunnerDraft): Omit<TestStreamStage, BaseKeys> {
    const step = draft.steps[0]!;
    const { spec, transform, outputs } = step;
    if (spec.kind !== 'test-stream') throw new TypeError(`${spec.kind} is no test stream`);
    const output = draft.output!;
    const coder = this.#collections.wireCoder(output);
    const written = {
      tag: [...transform.outputs].find(([, id]) => id === output)![0],
      first: output === outputs[0],
      only: outputs.length === 1,
      coder: this.#coderOf(coder),
      windowCoder: this.#coderOf(this.#windowing(output).windowCoderId) as ElementCoder<Window>,
    };
    const stage = { kind: 'test-stream', outputs: this.#outputs(draft) } as const;
    if (spec.endpoint === undefined) return { ...stage, script: testScript(spec, step, written) };
    const read: NonNullable<TestStreamStage['driven']>['read'] = (event, position) =>
      testEvent(event, position, step, written);
    return { ...stage, script: [], driven: { stream: transform.id, read } };
  }

  #view(input: PCollectionId): Omit<ViewStage, BaseKeys> {
    const { draft, wireCoder } = this.#collections;
    const coder = wireCoder(input);
    const pair = pairIn(draft.coder(coder), this.#coderOf);
    const element = this.#coderOf(coder);
    return { kind: 'view', windowing: this.#windowing(input), element, ...(pair && { pair }) };
  }

  #sideInputs(step: Step): readonly SideInputUse[] {
    return step.sides.map((side) => {
      const view = this.#stageId(this.#routed.views.get(side.pcollection)!);
      const { use, mappingStage } = sideInputUse(step, side, view, this.#collections.draft);
      if (mappingStage !== undefined) this.compactions.push(mappingStage);
      return use;
    });
  }

  #grouping(
    draft: Exclude<StageDraft, ExecutableDraft>,
    id: StageId,
  ): Omit<GroupingStage, BaseKeys> {
    const merging = this.#merging(draft, id);
    const grouping = {
      kind: 'grouping',
      windowing: this.#windowing(draft.input!),
      outputs: this.#outputs(draft),
      ...(merging === undefined ? {} : { merging }),
    } as const;
    if (draft.kind !== 'grouping') return { ...grouping, keyed: false, counted: false };
    const { wireCoder, draft: components } = this.#collections;
    const parts = groupedParts(wireCoder(draft.input!), components);
    const keyed = { ...grouping, keyed: true, counted: parts.counted };
    const merge = this.#mergeAfter(draft);
    if (merge === undefined) return keyed;
    const compaction = stageId(`${id}-compaction`);
    const grouped = wireCoder(mainOf(merge));
    const { descriptor, answer } = compactionStage(compaction, merge, grouped, parts, components);
    this.compactions.push(descriptor);
    return { ...keyed, compaction, merged: this.#coderOf(answer) };
  }

  #merging(draft: Exclude<StageDraft, ExecutableDraft>, grouping: StageId): StageId | undefined {
    const id = stageId(`${grouping}-merging`);
    const step = originsOf(draft.steps)[0]!;
    const stage = mergingStage(id, draft.input!, step, this.#collections.draft);
    if (stage === undefined) return undefined;
    this.compactions.push(stage);
    return id;
  }

  /** The step that merges what a grouping emits, if nothing else reads it: then its values may be merged early. */
  #mergeAfter(draft: RunnerDraft): Step | undefined {
    const [sink, ...others] = this.#routed.sinks.get(draft) ?? [];
    const [edge, ...moreEdges] = sink?.edges ?? [];
    if (others.length > 0 || moreEdges.length > 0 || edge?.to.kind !== 'executable')
      return undefined;
    const readers = edge.to.steps.filter((step) => mainOf(step) === edge.to.input);
    const [reader] = readers;
    return readers.length === 1 && reader?.spec.kind === 'combine-merge-accumulators'
      ? reader
      : undefined;
  }

  /** SDF-1: restrictions in, restrictions out, both as they come into the stage itself. */
  #truncation(
    { descriptor, sideInputs: read }: Pick<ExecutableStage, 'descriptor' | 'sideInputs'>,
    process: Step,
    input: Port,
  ): NonNullable<ExecutableStage['truncation']> {
    const { draft: components } = this.#collections;
    const id = stageId(`${descriptor.id}-truncation`);
    const source = { ...input, transform: components.addTransformId(`${id}-source`) };
    const { step, output, sideInputs } = truncateStep(process, read, components);
    const sink = {
      transform: components.addTransformId(`${id}-sink`),
      collection: output,
      coder: input.coder,
    };
    this.compactions.push(descriptorOf(id, source, [step], [sink], components));
    return { stage: id, source: source.transform, sideInputs };
  }

  #outputs(draft: StageDraft): readonly EdgeId[] {
    return this.#edgeIdsOf(this.#routed.sinks.get(draft)?.[0]?.edges);
  }

  #edgeIdsOf(edges: readonly EdgeDraft[] = []): readonly EdgeId[] {
    return edges.map((edge) => this.#edgeIds.get(edge)!);
  }

  #stageId(draft: StageDraft): StageId {
    return this.#stageIds.get(draft)!;
  }

  #windowing(id: PCollectionId): GroupingStage['windowing'] {
    return this.#collections.draft.windowing(id);
  }

  #isUnbounded(step: Step): boolean {
    const { draft } = this.#collections;
    return step.outputs.some((id) => draft.pcollection(id).boundedness === 'unbounded');
  }
}

/** Of each member of a union, all but what stages have in common. */
type OwnFields<S> = S extends unknown ? Omit<S, BaseKeys> : never;

type BaseKeys = 'id' | 'name' | 'steps' | 'inputs';

/** The user's steps behind the steps of a stage, each once. */
function originsOf(steps: readonly Step[]): readonly PlannedStep[] {
  const origins = new Map(steps.map(({ origin }) => [origin.transform, origin]));
  return [...origins.values()];
}

function stageName(draft: StageDraft, steps: readonly PlannedStep[]): string {
  if (draft.kind === 'view-grouping' || draft.kind === 'view') {
    return `side input of ${listed(steps)}`;
  }
  return steps.length === 0 ? `re-encode ${draft.input!}` : listed(steps);
}

/** `A, B, C`, shortened beyond four names: a stage may have thousands of steps. */
function listed(steps: readonly PlannedStep[]): string {
  const names = steps.map((step) => step.name);
  if (names.length <= 4) return names.join(', ');
  return `${names.slice(0, 2).join(', ')}, … ${names.at(-1)!} (${String(names.length)} steps)`;
}
