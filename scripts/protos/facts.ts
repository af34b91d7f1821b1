/**
 * What two sides of a wire must agree on in a `.proto` file: names, numbers, types, options; no comments.
 * Made from our texts by `text.ts` and from Beam's binary descriptors by `descriptor-set.ts`; a test
 * proves the two equal.
 */
export interface FileFacts {
  readonly path: string;
  readonly package: string;
  /** Nested ones too, by full name, in the order of the text. */
  readonly messages: readonly MessageFacts[];
  readonly enums: readonly EnumFacts[];
  readonly services: readonly ServiceFacts[];
  readonly extensions: readonly ExtensionFacts[];
}

export interface MessageFacts {
  readonly name: string;
  readonly fields: readonly FieldFacts[];
  readonly oneofs: readonly string[];
  /** Closed ranges of numbers. */
  readonly reserved: readonly (readonly [number, number])[];
  readonly reservedNames: readonly string[];
}

export interface FieldFacts {
  readonly name: string;
  readonly number: number;
  /** A scalar's name or the full name of a message or enum; of a map, the type of its values. */
  readonly type: string;
  readonly label: 'singular' | 'optional' | 'repeated' | 'map';
  readonly keyType?: string;
  readonly oneof?: string;
}

export interface EnumFacts {
  readonly name: string;
  readonly values: readonly EnumValueFacts[];
  readonly reserved: readonly (readonly [number, number])[];
  readonly reservedNames: readonly string[];
}

export interface EnumValueFacts {
  readonly name: string;
  readonly number: number;
  /** By the option's name without package, for example `beam_urn`. */
  readonly options?: { readonly [name: string]: OptionValue };
}

export type OptionValue =
  string | number | boolean | readonly OptionValue[] | { readonly [name: string]: OptionValue };

export interface ServiceFacts {
  readonly name: string;
  readonly methods: readonly MethodFacts[];
}

export interface MethodFacts {
  readonly name: string;
  readonly request: string;
  readonly requestStream: boolean;
  readonly response: string;
  readonly responseStream: boolean;
}

export interface ExtensionFacts {
  readonly extendee: string;
  readonly name: string;
  readonly number: number;
  readonly type: string;
}

export const SCALARS: ReadonlySet<string> = new Set([
  ...['double', 'float', 'int32', 'int64', 'uint32', 'uint64', 'sint32', 'sint64', 'fixed32'],
  ...['fixed64', 'sfixed32', 'sfixed64', 'bool', 'string', 'bytes'],
]);
