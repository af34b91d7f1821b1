import protobuf from 'protobufjs';
import type {
  EnumFacts,
  EnumValueFacts,
  FieldFacts,
  FileFacts,
  MessageFacts,
  OptionValue,
} from './facts.js';

/**
 * The part of Google's descriptor messages that facts are made of. Beam's extensions of
 * `EnumValueOptions` are written as plain fields, which have the same encoding; prose among them (the
 * annotations of a MonitoringInfoSpec) is no fact and left out.
 */
const DESCRIPTOR = `
syntax = "proto3";
message FileDescriptorSet { repeated File file = 1; }
message File { string name = 1; string package = 2; repeated Message message = 4; repeated Enum enum = 5;
  repeated Service service = 6; repeated Field extension = 7; }
message Message { string name = 1; repeated Field field = 2; repeated Message nested = 3; repeated Enum enum = 4;
  MessageOptions options = 7; repeated Name oneof = 8; repeated Range reserved = 9; repeated string reserved_name = 10; }
message MessageOptions { bool map_entry = 7; }
message Field { string name = 1; string extendee = 2; int32 number = 3; int32 label = 4; int32 type = 5;
  string type_name = 6; optional int32 oneof_index = 9; bool proto3_optional = 17; }
message Name { string name = 1; }
message Range { int32 start = 1; int32 end = 2; }
message Enum { string name = 1; repeated Value value = 2; repeated Range reserved = 4; repeated string reserved_name = 5; }
message Value { string name = 1; int32 number = 2; ValueOptions options = 3; }
message ValueOptions { string beam_urn = 185324356; string beam_constant = 185324357;
  LabelProps label_props = 127337796; MonitoringInfoSpec monitoring_info_spec = 207174266; }
message LabelProps { string name = 1; }
message MonitoringInfoSpec { string urn = 1; string type = 2; repeated string required_labels = 3; }
message Service { string name = 1; repeated Method method = 2; }
message Method { string name = 1; string input = 2; string output = 3; bool client_streaming = 5; bool server_streaming = 6; }
`;

interface Range {
  start: number;
  end: number;
}
interface FieldDescriptor {
  name: string;
  extendee: string;
  number: number;
  label: number;
  type: number;
  type_name: string;
  oneof_index?: number;
  proto3_optional: boolean;
}
interface EnumDescriptor {
  name: string;
  value: { name: string; number: number; options: Record<string, OptionValue | null> | null }[];
  reserved: Range[];
  reserved_name: string[];
}
interface MessageDescriptor {
  name: string;
  field: FieldDescriptor[];
  nested: MessageDescriptor[];
  enum: EnumDescriptor[];
  options: { map_entry: boolean } | null;
  oneof: { name: string }[];
  reserved: Range[];
  reserved_name: string[];
}
interface ServiceDescriptor {
  name: string;
  method: {
    name: string;
    input: string;
    output: string;
    client_streaming: boolean;
    server_streaming: boolean;
  }[];
}
interface FileDescriptor {
  name: string;
  package: string;
  message: MessageDescriptor[];
  enum: EnumDescriptor[];
  service: ServiceDescriptor[];
  extension: FieldDescriptor[];
}

const REPEATED = 3;

/** Names of `FieldDescriptorProto.Type`; groups, messages and enums are named by `type_name`. */
const TYPES: readonly (string | undefined)[] = [
  ...[undefined, 'double', 'float', 'int64', 'uint64', 'int32', 'fixed64', 'fixed32', 'bool'],
  ...['string', undefined, undefined, 'bytes', 'uint32', undefined, 'sfixed32', 'sfixed64'],
  ...['sint32', 'sint64'],
];

/** The files of a binary `FileDescriptorSet`, in its order. */
export function readDescriptorSet(bytes: Uint8Array): FileFacts[] {
  const type = protobuf
    .parse(DESCRIPTOR, { keepCase: true })
    .root.resolveAll()
    .lookupType('FileDescriptorSet');
  const set = type.toObject(type.decode(bytes), { defaults: true, arrays: true }) as {
    file: FileDescriptor[];
  };
  return set.file.map(fileFacts);
}

function fileFacts(file: FileDescriptor): FileFacts {
  const messages: MessageFacts[] = [];
  const enums = file.enum.map((e) => enumFacts(e, file.package));
  for (const message of file.message) collect(message, file.package, messages, enums);
  return {
    path: file.name,
    package: file.package,
    messages,
    enums,
    services: file.service.map((service) => serviceFacts(service, file.package)),
    extensions: file.extension.map((field) => ({
      extendee: unrooted(field.extendee),
      name: `${file.package}.${field.name}`,
      number: field.number,
      type: typeOf(field),
    })),
  };
}

/** Adds a message and what is nested in it, outer first. */
function collect(
  message: MessageDescriptor,
  scope: string,
  messages: MessageFacts[],
  enums: EnumFacts[],
): void {
  const name = `${scope}.${message.name}`;
  const entries = message.nested.filter((nested) => nested.options?.map_entry === true);
  const optional = new Set(
    message.field.filter((f) => f.proto3_optional).map((f) => f.oneof_index),
  );
  messages.push({
    name,
    fields: message.field.map((field) => fieldFacts(field, message, name, entries)),
    oneofs: message.oneof.filter((_, index) => !optional.has(index)).map((oneof) => oneof.name),
    reserved: message.reserved.map(({ start, end }) => [start, end - 1]),
    reservedNames: message.reserved_name,
  });
  enums.push(...message.enum.map((e) => enumFacts(e, name)));
  for (const nested of message.nested) {
    if (!entries.includes(nested)) collect(nested, name, messages, enums);
  }
}

function fieldFacts(
  field: FieldDescriptor,
  message: MessageDescriptor,
  scope: string,
  entries: readonly MessageDescriptor[],
): FieldFacts {
  const { name, number } = field;
  const entry = entries.find((e) => `${scope}.${e.name}` === unrooted(field.type_name));
  if (entry !== undefined) {
    const [key, value] = entry.field;
    return { name, number, type: typeOf(value!), label: 'map', keyType: typeOf(key!) };
  }
  const type = typeOf(field);
  if (field.label === REPEATED) return { name, number, type, label: 'repeated' };
  if (field.proto3_optional) return { name, number, type, label: 'optional' };
  const { oneof_index: index } = field;
  if (index === undefined) return { name, number, type, label: 'singular' };
  return { name, number, type, label: 'singular', oneof: message.oneof[index]!.name };
}

function enumFacts(e: EnumDescriptor, scope: string): EnumFacts {
  return {
    name: `${scope}.${e.name}`,
    values: e.value.map(valueFacts),
    // Ranges of an enum include their end, those of a message do not.
    reserved: e.reserved.map(({ start, end }) => [start, end]),
    reservedNames: e.reserved_name,
  };
}

function valueFacts(value: EnumDescriptor['value'][number]): EnumValueFacts {
  const { name, number } = value;
  const options: Record<string, OptionValue> = {};
  for (const [option, content] of Object.entries(value.options ?? {})) {
    if (content !== null && content !== '') options[option] = content;
  }
  return Object.keys(options).length === 0 ? { name, number } : { name, number, options };
}

function serviceFacts(service: ServiceDescriptor, scope: string): FileFacts['services'][number] {
  return {
    name: `${scope}.${service.name}`,
    methods: service.method.map((method) => ({
      name: method.name,
      request: unrooted(method.input),
      requestStream: method.client_streaming,
      response: unrooted(method.output),
      responseStream: method.server_streaming,
    })),
  };
}

function typeOf(field: FieldDescriptor): string {
  const scalar = TYPES[field.type];
  return scalar ?? unrooted(field.type_name);
}

/** A descriptor writes full names with a leading dot. */
function unrooted(name: string): string {
  return name.replace(/^\./, '');
}
