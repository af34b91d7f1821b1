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

/** The part of a Valibot 1 schema that is read. Read by shape: Valibot itself is not imported. */
interface ValibotSchema {
  readonly type: string;
  readonly entries?: Readonly<Record<string, ValibotSchema>>;
  readonly item?: ValibotSchema;
  readonly wrapped?: ValibotSchema;
  readonly default?: unknown;
  readonly key?: ValibotSchema;
  readonly value?: ValibotSchema;
  readonly literal?: unknown;
  readonly options?: readonly unknown[];
  readonly pipe?: readonly {
    readonly kind: string;
    readonly type: string;
    readonly description?: string;
  }[];
}

export function viewOfValibot(schema: unknown): SchemaView {
  const valibot = schema as ValibotSchema;
  const actions = valibot.pipe ?? [];
  const description = actions.find((action) => action.type === 'description')?.description;
  // What a transformation gives is not said anywhere.
  const view = actions.some((action) => action.kind === 'transformation')
    ? UNKNOWN
    : viewOfSchema(
        valibot,
        actions.map((action) => action.type),
      );
  return description === undefined ? view : withNotes(view, { description });
}

function viewOfSchema(schema: ValibotSchema, actions: readonly string[]): SchemaView {
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'bigint':
      return viewOfType(scalar(schema.type));
    case 'number': {
      const isInteger = actions.includes('integer') || actions.includes('safe_integer');
      return viewOfType(scalar(isInteger ? 'int64' : 'double'));
    }
    case 'literal':
      return viewOfLiterals([schema.literal]);
    case 'picklist':
      return viewOfLiterals(schema.options ?? []);
    case 'array':
      return viewOfType({
        kind: 'array',
        element: viewOfValibot(schema.item).type,
        nullable: false,
      });
    case 'map': {
      const [key, value] = [viewOfValibot(schema.key).type, viewOfValibot(schema.value).type];
      return viewOfType({ kind: 'map', key, value, nullable: false });
    }
    case 'object':
    case 'strict_object':
      return viewOfRow(
        new Map(Object.entries(schema.entries ?? {}).map(([name, e]) => [name, viewOfValibot(e)])),
      );
    default:
      return viewOfWrapper(schema);
  }
}

function viewOfWrapper(schema: ValibotSchema): SchemaView {
  if (schema.wrapped === undefined) return UNKNOWN;
  const inner = viewOfValibot(schema.wrapped);
  const view = schema.type.startsWith('null') ? asNullable(inner) : inner;
  if (schema.default !== undefined) {
    return withNotes(view, { default: { value: valueOf(schema.default) } });
  }
  const mayMiss = ['optional', 'exact_optional', 'undefinedable', 'nullish'].includes(schema.type);
  return mayMiss ? withNotes(view, { optional: true }) : view;
}

function valueOf(defaultValue: unknown): unknown {
  return typeof defaultValue === 'function' ? (defaultValue as () => unknown)() : defaultValue;
}
