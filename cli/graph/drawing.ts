/** What `strahl graph` shows, before it is text of any format: the user's graph or the fused plan. */
export interface Drawing {
  readonly name: string;
  /** In topological order. */
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
}

export interface DrawnNode {
  /** Unique in the drawing; letters, digits and `_` only, as mermaid and dot want it. */
  readonly id: string;
  /** Full name; the scopes before the last `/` are drawn as boxes. */
  readonly name: string;
  /** What the node does: a Beam URN's last words, or the kind of a stage. */
  readonly kind: string;
  /** Of a stage: the names of its steps. */
  readonly steps?: readonly string[];
  readonly site?: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
  /** Name of the collection. */
  readonly name: string;
  readonly role: 'main' | 'side';
  readonly bounded: boolean;
  /** In which its elements are written; only if it was asked for. */
  readonly coder?: string;
}
