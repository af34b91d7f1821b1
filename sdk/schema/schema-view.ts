import { ANY, type SchemaType } from './schema-type.js';
import type { SchemaNotes } from './type-schema.js';

/** A schema of any library as the rest of Strahl sees it. */
export interface SchemaView {
  readonly type: SchemaType;
  readonly notes: SchemaNotes;
  /** Of a row: the same for each field. */
  readonly fields?: ReadonlyMap<string, SchemaView>;
}

export const UNKNOWN: SchemaView = Object.freeze({ type: ANY, notes: {} });

export function viewOfType(type: SchemaType, notes: SchemaNotes = {}): SchemaView {
  return { type, notes };
}

export function viewOfRow(fields: ReadonlyMap<string, SchemaView>): SchemaView {
  const list = [...fields].map(([name, { type, notes }]) => ({
    name,
    type,
    optional: notes.optional === true,
  }));
  return { type: { kind: 'row', fields: list, nullable: false }, notes: {}, fields };
}

export function withNotes(view: SchemaView, notes: SchemaNotes): SchemaView {
  return { ...view, notes: { ...view.notes, ...notes } };
}

export function asNullable(view: SchemaView): SchemaView {
  return { ...view, type: { ...view.type, nullable: true } };
}

/** One of given values: their common type, if they have one. */
export function viewOfLiterals(literals: readonly unknown[]): SchemaView {
  const [first] = literals;
  const alike = literals.every((literal) => typeof literal === typeof first);
  const notes = { literals };
  if (!alike) return { type: ANY, notes };
  switch (typeof first) {
    case 'string':
      return viewOfType({ kind: 'string', nullable: false }, notes);
    case 'boolean':
      return viewOfType({ kind: 'boolean', nullable: false }, notes);
    case 'number': {
      const kind = literals.every(Number.isSafeInteger) ? 'int64' : 'double';
      return viewOfType({ kind, nullable: false }, notes);
    }
    default:
      return { type: ANY, notes };
  }
}
