import { StrahlError } from '#portability/errors.js';
import type { Boundedness } from '#portability/model/graph.js';
import type { CoderChoice } from './coder-choice.js';
import {
  pathOfNode,
  type CollectionNode,
  type NodeSpec,
  type TransformNode,
  type Windowing,
} from './graph-node.js';
import type { JobScope } from './job-scope.js';
import { placed } from './placed.js';
import type { Site } from './site.js';

export interface StepDraft {
  /** Method name; gets an ordinal if taken. */
  readonly name: string;
  readonly spec?: NodeSpec;
  readonly inputs?: Readonly<Record<string, CollectionNode>>;
}

export interface OutputDraft {
  readonly coder: CoderChoice;
  readonly boundedness: Boundedness;
  readonly windowing: Windowing;
}

/**
 * Collects the steps of one pipeline while its `build` runs.
 *
 *   B1. Steps are in topological order: an input exists before the step that reads it.
 *   B2. Names are unique in their scope; a step without an explicit name gets an ordinal.
 *   B3. Once sealed, nothing is added.
 *   B4. Giving one step a name leaves the names of the others as they are.
 */
export class GraphBuilder {
  readonly job: JobScope;
  readonly roots: TransformNode[] = [];
  readonly required: { readonly node: TransformNode; readonly counter: string }[] = [];
  readonly #names = new Map<TransformNode | undefined, ScopeNames>();
  readonly #nodes = new WeakSet<CollectionNode>();
  readonly #targets = new Map<string, Site | undefined>();
  #scope: TransformNode | undefined;
  /** Of the user's call that is being made; empty if it is not known, so that no inner call is taken for it. */
  #site: Site | undefined;
  #sealed = false;

  constructor(job: JobScope) {
    this.job = job;
  }

  /** Runs `body`; all steps that it adds were written at `site`. An outer site, if any, stays. */
  at<R>(site: () => Site | undefined, body: () => R): R {
    if (this.#site !== undefined) return body();
    this.#site = site() ?? '';
    try {
      return body();
    } catch (e) {
      // What has no step to blame, such as a value that is not a schema, was said by the call all the same.
      throw placed(e, this.site);
    } finally {
      this.#site = undefined;
    }
  }

  /** Runs `body`, whose steps are the user's own again and get sites of their own. */
  asUser<R>(body: () => R): R {
    const site = this.#site;
    this.#site = undefined;
    try {
      return body();
    } finally {
      this.#site = site;
    }
  }

  get site(): Site | undefined {
    return this.#site === '' ? undefined : this.#site;
  }

  /** Adds a step; its outputs follow by `output`. */
  add(draft: StepDraft): TransformNode {
    this.#checkOpen(draft.name);
    const node: TransformNode = {
      name: this.#freeName(draft.name),
      parent: this.#scope,
      site: this.site,
      spec: draft.spec,
      inputs: new Map(Object.entries(draft.inputs ?? {})),
      outputs: new Map(),
      children: [],
    };
    (this.#scope?.children ?? this.roots).push(node);
    return node;
  }

  /** Adds a composite and runs `body` inside it. */
  inside<R>(draft: StepDraft, body: (composite: TransformNode) => R): R {
    const composite = this.add(draft);
    const outer = this.#scope;
    this.#scope = composite;
    try {
      return body(composite);
    } finally {
      this.#scope = outer;
    }
  }

  output(producer: TransformNode, output: string, draft: OutputDraft): CollectionNode {
    const { coder, boundedness, windowing } = draft;
    const node = { producer, output, coder, boundedness, windowing };
    producer.outputs.set(output, node);
    this.#nodes.add(node);
    return node;
  }

  /** The output of a composite is one of a part of it. */
  expose(composite: TransformNode, output: string, part: CollectionNode): CollectionNode {
    composite.outputs.set(output, part);
    return part;
  }

  /**
   * Gives `node` the user's name.
   *
   * @throws STRAHL-1001 if another step of the scope has it
   */
  rename(node: TransformNode, name: string): void {
    this.#checkOpen(name);
    if (typeof name !== 'string' || name === '' || name.includes('/')) {
      throw new StrahlError('badValue', {
        title: `${typeof name === 'string' ? `"${name}"` : `a value of type ${typeof name}`} cannot name a step`,
        step: pathOfNode(node),
        ...this.#where(),
        why: 'names are joined by "/" into paths',
        fix: 'give a name of at least one character without "/"',
      });
    }
    const { taken } = this.#namesIn(node.parent);
    if (name === node.name) return;
    if (taken.has(name)) throw this.#duplicate(node, name);
    taken.delete(node.name);
    taken.add(name);
    node.name = name;
  }

  #duplicate(node: TransformNode, name: string): StrahlError {
    const siblings = node.parent?.children ?? this.roots;
    const other = siblings.find((sibling) => sibling.name === name);
    return new StrahlError('duplicateName', {
      title: `a step named "${name}" already exists in this scope`,
      step: pathOfNode(node),
      ...this.#where(),
      why:
        other?.site === undefined
          ? 'names identify state and metrics'
          : `the other is built at ${other.site}`,
      fix: `choose another name, for example .named('${name} 2')`,
    });
  }

  /**
   * Checks that `node` may be used now.
   *
   * @throws STRAHL-1002 for a collection of another pipeline, and after the pipeline was built
   */
  use(node: CollectionNode, by: string): void {
    this.#checkOpen(by);
    if (this.#nodes.has(node)) return;
    throw new StrahlError('foreignCollection', {
      title: `${by} is given a collection of another pipeline`,
      step: this.pathIn(by),
      ...this.#where(),
      fix: 'build both collections from the same root `p`',
    });
  }

  /**
   * Says that a write replaces what is at `target`.
   *
   * @throws STRAHL-1106 if another write of the pipeline does
   */
  claim(target: string): void {
    const { site } = this;
    if (!this.#targets.has(target)) {
      this.#targets.set(target, site);
      return;
    }
    const other = this.#targets.get(target);
    throw new StrahlError('outputTwice', {
      title: `${target} is written twice`,
      ...this.#where(),
      why: `what one write puts there the other replaces${other === undefined ? '' : `; the first is built at ${other}`}`,
      fix: 'give each a path of its own, or flatten the collections and write them at once',
    });
  }

  /** The job fails unless the user counter `counter` of `node` is above 0 at its end. */
  requireCount(node: TransformNode, counter: string): void {
    this.required.push({ node, counter });
  }

  /** The pipeline is complete (B3). */
  seal(): void {
    this.#sealed = true;
  }

  /** The step of the current scope that `node` is or belongs to; `node` if none. */
  stepOf(node: TransformNode): TransformNode {
    for (let step: TransformNode | undefined = node; step !== undefined; step = step.parent) {
      if (step.parent === this.#scope) return step;
    }
    return node;
  }

  /** Full name that a step called `name` would have here. */
  pathIn(name: string): string {
    return this.#scope === undefined ? name : `${pathOfNode(this.#scope)}/${name}`;
  }

  /** Fields of an error about the call being made. */
  where(name: string): { readonly step: string; readonly site?: string } {
    return { step: this.pathIn(name), ...this.#where() };
  }

  #where(): { readonly site?: string } {
    return this.site === undefined ? {} : { site: this.site };
  }

  #checkOpen(by: string): void {
    if (!this.#sealed) return;
    throw new StrahlError('foreignCollection', {
      title: `${by} is called on a pipeline that is already built`,
      step: by,
      ...this.#where(),
      why: 'collections live only while the build function runs',
      fix: 'make all steps inside the function given to pipeline(…)',
    });
  }

  /** B4: naming one step leaves the ordinals of the others as they are, since names identify state. */
  #freeName(method: string): string {
    const scope = this.#namesIn(this.#scope);
    let ordinal = scope.ordinals.get(method) ?? 0;
    let name: string;
    do {
      ordinal++;
      name = ordinal === 1 ? method : `${method}#${String(ordinal)}`;
    } while (scope.taken.has(name));
    scope.ordinals.set(method, ordinal);
    scope.taken.add(name);
    return name;
  }

  #namesIn(scope: TransformNode | undefined): ScopeNames {
    let names = this.#names.get(scope);
    if (names === undefined) {
      names = { taken: new Set(), ordinals: new Map() };
      this.#names.set(scope, names);
    }
    return names;
  }
}

interface ScopeNames {
  readonly taken: Set<string>;
  /** The last ordinal of each method. */
  readonly ordinals: Map<string, number>;
}
