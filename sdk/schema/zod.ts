import { scalar } from './schema-type.js';
import {
  asNullable,
  UNKNOWN,
  viewOfLiterals,
  viewOfRow,
  viewOfType,
  withNotes,
  type SchemaView,
} from './schema-view.js';

/** The part of a Zod 4 definition that is read. Read by shape: Zod itself is not imported. */
interface ZodDefinition {
  readonly type: string;
  readonly format?: string;
  readonly checks?: readonly { readonly _zod?: { readonly def?: { readonly format?: string } } }[];
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly element?: unknown;
  readonly innerType?: unknown;
  readonly keyType?: unknown;
  readonly valueType?: unknown;
  readonly values?: readonly unknown[];
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly out?: unknown;
  readonly defaultValue?: unknown;
}

/** Walks the definition, because Zod's JSON Schema knows no dates, bigints or maps. */
export function viewOfZod(schema: unknown): SchemaView {
  const { _zod, description } = schema as {
    readonly _zod?: { readonly def?: ZodDefinition };
    readonly description?: string;
  };
  if (_zod?.def === undefined) return UNKNOWN;
  const view = viewOfDefinition(_zod.def);
  return description === undefined ? view : withNotes(view, { description });
}

function viewOfDefinition(def: ZodDefinition): SchemaView {
  switch (def.type) {
    case 'string':
    case 'boolean':
    case 'bigint':
      return viewOfType(scalar(def.type));
    case 'number':
      return viewOfType(scalar(numberKind(def)));
    case 'literal':
      return viewOfLiterals(def.values ?? []);
    case 'enum':
      return viewOfLiterals(Object.values(def.entries ?? {}));
    case 'array':
      return viewOfType({ kind: 'array', element: viewOfZod(def.element).type, nullable: false });
    case 'map': {
      const [key, value] = [viewOfZod(def.keyType).type, viewOfZod(def.valueType).type];
      return viewOfType({ kind: 'map', key, value, nullable: false });
    }
    case 'object':
      return viewOfRow(
        new Map(Object.entries(def.shape ?? {}).map(([name, field]) => [name, viewOfZod(field)])),
      );
    case 'pipe':
      return viewOfZod(def.out);
    default:
      return viewOfWrapper(def);
  }
}

function viewOfWrapper(def: ZodDefinition): SchemaView {
  const inner = def.innerType === undefined ? UNKNOWN : viewOfZod(def.innerType);
  switch (def.type) {
    case 'optional':
      return withNotes(inner, { optional: true });
    case 'nullable':
      return asNullable(inner);
    case 'default':
    case 'prefault':
      return withNotes(inner, { default: { value: def.defaultValue } });
    case 'readonly':
    case 'nonoptional':
      return inner;
    default:
      return UNKNOWN;
  }
}

/** `z.int()`, `z.int32()` and `z.number().int()` say an exact range, `z.number()` a double. */
function numberKind(def: ZodDefinition): 'int32' | 'int64' | 'double' {
  const formats = [def.format, ...(def.checks ?? []).map((check) => check._zod?.def?.format)];
  if (formats.includes('int32')) return 'int32';
  return formats.includes('safeint') || formats.includes('uint32') ? 'int64' : 'double';
}
