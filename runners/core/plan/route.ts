import { CODER_URN } from '#portability/urns.js';
import type { CoderId, PCollectionId } from '#portability/model/ids.js';
import type { ComponentsDraft } from './components-draft.js';
import type { Flow } from './flow.js';
import type { Fused } from './fuse.js';
import type { ExecutableDraft, StageDraft, ViewDraft } from './stage-draft.js';
import type { Step } from './step.js';

/** An edge while the plan is put together. */
export interface EdgeDraft {
  readonly from: StageDraft;
  readonly to: StageDraft;
  /** What `to` reads; it names the windowing. */
  readonly collection: PCollectionId;
  /** In which the elements travel. */
  readonly coder: CoderId;
}

/** What one `runner-sink` of an executable stage writes. */
export interface SinkDraft {
  readonly collection: PCollectionId;
  readonly coder: CoderId;
  readonly edges: EdgeDraft[];
}

/** Stages and all that flows between them. */
export interface Routed {
  readonly stages: readonly StageDraft[];
  readonly views: ReadonlyMap<PCollectionId, ViewDraft>;
  readonly inputs: ReadonlyMap<StageDraft, readonly EdgeDraft[]>;
  readonly sinks: ReadonlyMap<StageDraft, readonly SinkDraft[]>;
}

/** What `route` needs to know of the collections. */
export interface Collections {
  readonly draft: ComponentsDraft;
  readonly flow: Flow;
  readonly wireCoder: (id: PCollectionId) => CoderId;
}

/**
 * Leads every collection to the stages that read it, and adds the stages that this takes: a grouping and
 * a view for each side input, and a stage that writes anew what the engine emits into a flatten of
 * another coder.
 *
 *   R1. All that enters a stage has the coder of the collection that the stage reads, also through
 *       flattens: user code writes it so, once for each coder that its readers want.
 *   R2. A collection that reaches a stage twice has two edges.
 *   R3. What the engine carries out has at least one edge, which tells it the coders of its input: a
 *       flatten of nothing is written by a stage that is given nothing.
 */
export function route(fused: Fused, collections: Collections): Routed {
  const routing = new Routing(fused, collections);
  for (const stage of fused.stages) {
    if (stage.input !== undefined) routing.feed(stage, stage.input);
    if (stage.kind === 'executable') stage.steps.forEach((step) => routing.view(step));
  }
  return routing;
}

class Routing implements Routed {
  readonly stages: StageDraft[];
  readonly views = new Map<PCollectionId, ViewDraft>();
  readonly inputs = new Map<StageDraft, EdgeDraft[]>();
  readonly sinks = new Map<StageDraft, SinkDraft[]>();
  readonly #sinkByTarget = new Map<string, SinkDraft>();
  readonly #rewriting = new Map<string, ExecutableDraft>();
  readonly #fused: Fused;
  readonly #collections: Collections;

  constructor(fused: Fused, collections: Collections) {
    this.#fused = fused;
    this.#collections = collections;
    this.stages = [...fused.stages];
  }

  feed(to: StageDraft, collection: PCollectionId): void {
    const { flow, wireCoder } = this.#collections;
    const coder = wireCoder(collection);
    this.inputs.set(to, []);
    const sources = flow.sources(collection);
    for (const source of sources) {
      this.#connect(source, { from: this.#writer(source, coder), to, collection, coder });
    }
    if (sources.length === 0 && to.kind !== 'executable') {
      this.#connect(collection, { from: this.#rewriter(collection, coder), to, collection, coder });
    }
  }

  view(step: Step): void {
    for (const { pcollection } of step.sides) {
      const known = this.views.get(pcollection);
      if (known !== undefined) {
        // Grouping and view share the list.
        if (known.steps.at(-1) !== step) known.steps.push(step);
        continue;
      }
      const steps = [step];
      const grouping: ViewDraft = { kind: 'view-grouping', steps, input: pcollection };
      const view: ViewDraft = { kind: 'view', steps, input: pcollection };
      this.views.set(pcollection, view);
      this.stages.push(grouping, view);
      this.feed(grouping, pcollection);
      const { draft, wireCoder } = this.#collections;
      const coder = draft.addCoder(CODER_URN.ITERABLE, [wireCoder(pcollection)]);
      this.#connect(pcollection, { from: grouping, to: view, collection: pcollection, coder });
    }
  }

  /** The stage whose frames of `source` have the given coder (R1). */
  #writer(source: PCollectionId, coder: CoderId): StageDraft {
    const { draft, wireCoder } = this.#collections;
    const producer = this.#fused.producing.get(source)!;
    if (producer.kind === 'executable') return producer;
    if (draft.shape(wireCoder(source)) === draft.shape(coder)) return producer;
    return this.#rewriter(source, coder);
  }

  #rewriter(source: PCollectionId, coder: CoderId): ExecutableDraft {
    const key = this.#target(source, coder);
    const known = this.#rewriting.get(key);
    if (known !== undefined) return known;
    const stage: ExecutableDraft = {
      kind: 'executable',
      steps: [],
      input: source,
      sides: new Set(),
    };
    this.#rewriting.set(key, stage);
    this.stages.push(stage);
    this.feed(stage, source);
    return stage;
  }

  #connect(source: PCollectionId, edge: EdgeDraft): void {
    const inputs = this.inputs.get(edge.to);
    if (inputs === undefined) this.inputs.set(edge.to, [edge]);
    else inputs.push(edge);
    this.#sink(source, edge).edges.push(edge);
  }

  #sink(source: PCollectionId, { from, coder }: EdgeDraft): SinkDraft {
    const sinks = this.sinks.get(from) ?? [];
    this.sinks.set(from, sinks);
    const key = this.#target(source, coder);
    // What the engine emits goes to all readers as it is; user code writes once for each coder (R1).
    const known = from.kind === 'executable' ? this.#sinkByTarget.get(key) : sinks[0];
    if (known !== undefined) return known;
    const sink: SinkDraft = { collection: source, coder, edges: [] };
    sinks.push(sink);
    if (from.kind === 'executable') this.#sinkByTarget.set(key, sink);
    return sink;
  }

  #target(source: PCollectionId, coder: CoderId): string {
    return `${String(this.#collections.draft.shape(coder))} ${source}`;
  }
}
