import {
  SCALARS,
  type EnumFacts,
  type ExtensionFacts,
  type FieldFacts,
  type FileFacts,
  type MessageFacts,
  type OptionValue,
  type ServiceFacts,
} from './facts.js';
import { Tokens } from './tokens.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

interface Draft extends Mutable<FileFacts> {
  readonly imports: string[];
}

/**
 * Reads the part of proto3 that our texts use. Types stay as written; `resolveTypes` makes them full
 * names once all files are read.
 */
export function parseProto(path: string, text: string): FileFacts & { imports: readonly string[] } {
  const tokens = new Tokens(path, text);
  const file: Draft = {
    path,
    package: '',
    imports: [],
    messages: [],
    enums: [],
    services: [],
    extensions: [],
  };
  while (!tokens.done) statement(tokens, file);
  return file;
}

function statement(tokens: Tokens, file: Draft): void {
  const word = tokens.take();
  switch (word) {
    case 'syntax':
      tokens.expect('=');
      if (tokens.string() !== 'proto3') tokens.fail('only proto3 is understood');
      return tokens.expect(';');
    case 'package':
      file.package = tokens.take();
      return tokens.expect(';');
    case 'import':
      file.imports.push(tokens.string());
      return tokens.expect(';');
    case 'message':
      return message(tokens, file, file.package);
    case 'enum':
      return void file.enums.push(enumeration(tokens, file.package));
    case 'service':
      return void file.services.push(service(tokens, file.package));
    case 'extend':
      return void file.extensions.push(...extensions(tokens, file.package));
    default:
      tokens.fail(`unexpected ${word}`);
  }
}

function message(tokens: Tokens, file: Draft, scope: string): void {
  const name = `${scope}.${tokens.take()}`;
  const facts: Mutable<MessageFacts> = {
    name,
    fields: [],
    oneofs: [],
    reserved: [],
    reservedNames: [],
  };
  file.messages.push(facts);
  tokens.expect('{');
  while (!tokens.accept('}')) {
    if (tokens.accept('message')) message(tokens, file, name);
    else if (tokens.accept('enum')) file.enums.push(enumeration(tokens, name));
    else if (tokens.accept('reserved')) reserved(tokens, facts);
    else if (tokens.accept('oneof')) {
      const oneof = tokens.take();
      facts.oneofs.push(oneof);
      tokens.expect('{');
      while (!tokens.accept('}')) facts.fields.push({ ...field(tokens), oneof });
    } else facts.fields.push(field(tokens));
  }
}

function field(tokens: Tokens): FieldFacts {
  if (tokens.accept('map')) {
    tokens.expect('<');
    const keyType = tokens.take();
    tokens.expect(',');
    const type = tokens.take();
    tokens.expect('>');
    return { ...numbered(tokens), type, label: 'map', keyType };
  }
  const label = tokens.accept('repeated')
    ? 'repeated'
    : tokens.accept('optional')
      ? 'optional'
      : 'singular';
  const type = tokens.take();
  return { ...numbered(tokens), type, label };
}

function numbered(tokens: Tokens): { name: string; number: number } {
  const name = tokens.take();
  tokens.expect('=');
  const number = tokens.integer();
  tokens.expect(';');
  return { name, number };
}

function reserved(tokens: Tokens, facts: Mutable<MessageFacts> | Mutable<EnumFacts>): void {
  do {
    if (tokens.peek().startsWith('"')) facts.reservedNames.push(tokens.string());
    else {
      const from = tokens.integer();
      facts.reserved.push([from, tokens.accept('to') ? tokens.integer() : from]);
    }
  } while (tokens.accept(','));
  tokens.expect(';');
}

function enumeration(tokens: Tokens, scope: string): EnumFacts {
  const name = `${scope}.${tokens.take()}`;
  const facts: Mutable<EnumFacts> = { name, values: [], reserved: [], reservedNames: [] };
  tokens.expect('{');
  while (!tokens.accept('}')) {
    if (tokens.accept('reserved')) {
      reserved(tokens, facts);
      continue;
    }
    const value = tokens.take();
    tokens.expect('=');
    const number = tokens.integer();
    const options = valueOptions(tokens);
    facts.values.push({ name: value, number, ...(options === undefined ? {} : { options }) });
    tokens.expect(';');
  }
  return facts;
}

function valueOptions(tokens: Tokens): Record<string, OptionValue> | undefined {
  if (!tokens.accept('[')) return undefined;
  const options: Record<string, OptionValue> = {};
  do {
    tokens.expect('(');
    const name = tokens.take();
    tokens.expect(')');
    tokens.expect('=');
    options[name] = optionValue(tokens);
  } while (tokens.accept(','));
  tokens.expect(']');
  return options;
}

function optionValue(tokens: Tokens): OptionValue {
  if (tokens.accept('{')) {
    const parts: Record<string, OptionValue> = {};
    while (!tokens.accept('}')) {
      const name = tokens.take();
      tokens.expect(':');
      parts[name] = optionValue(tokens);
      tokens.accept(',');
    }
    return parts;
  }
  if (tokens.accept('[')) {
    const items: OptionValue[] = [];
    while (!tokens.accept(']')) {
      items.push(optionValue(tokens));
      tokens.accept(',');
    }
    return items;
  }
  return tokens.string();
}

function service(tokens: Tokens, scope: string): ServiceFacts {
  const facts: Mutable<ServiceFacts> = { name: `${scope}.${tokens.take()}`, methods: [] };
  tokens.expect('{');
  while (!tokens.accept('}')) {
    tokens.expect('rpc');
    const name = tokens.take();
    const [request, requestStream] = streamed(tokens);
    tokens.expect('returns');
    const [response, responseStream] = streamed(tokens);
    tokens.expect(';');
    facts.methods.push({ name, request, requestStream, response, responseStream });
  }
  return facts;
}

function streamed(tokens: Tokens): [type: string, stream: boolean] {
  tokens.expect('(');
  const stream = tokens.accept('stream');
  const type = tokens.take();
  tokens.expect(')');
  return [type, stream];
}

function extensions(tokens: Tokens, scope: string): ExtensionFacts[] {
  const extendee = tokens.take();
  const found: ExtensionFacts[] = [];
  tokens.expect('{');
  while (!tokens.accept('}')) {
    const { name, number, type } = field(tokens);
    found.push({ extendee, name: `${scope}.${name}`, number, type });
  }
  return found;
}

/** Replaces each type as written by the full name that proto's scoping gives it, innermost scope first. */
export function resolveTypes<F extends FileFacts>(files: readonly F[]): F[] {
  const known = new Set(files.flatMap((f) => [...f.messages, ...f.enums].map((t) => t.name)));
  const full = (type: string, scope: string): string => {
    if (SCALARS.has(type)) return type;
    for (
      let outer = scope;
      outer !== '';
      outer = outer.slice(0, Math.max(0, outer.lastIndexOf('.')))
    ) {
      if (known.has(`${outer}.${type}`)) return `${outer}.${type}`;
    }
    if (known.has(type)) return type;
    throw new Error(`${scope}: no type ${type}`);
  };
  return files.map((file) => ({
    ...file,
    messages: file.messages.map((m) => ({
      ...m,
      fields: m.fields.map((f) => ({ ...f, type: full(f.type, m.name) })),
    })),
    services: file.services.map((s) => ({
      ...s,
      methods: s.methods.map((m) => ({
        ...m,
        request: full(m.request, file.package),
        response: full(m.response, file.package),
      })),
    })),
    extensions: file.extensions.map((e) => ({ ...e, type: full(e.type, file.package) })),
  }));
}
