import { fieldName, ValueCode, type Sink } from './emit-field.js';
import type { FieldFacts, MessageFacts } from './facts.js';
import { camelCase } from './naming.js';

/** A oneof counts as one member, at the place of its first field. */
type Member =
  | { readonly kind: 'field'; readonly field: FieldFacts; readonly code: ValueCode }
  | { readonly kind: 'oneof'; readonly name: string; readonly cases: readonly Case[] };

interface Case {
  readonly field: FieldFacts;
  readonly code: ValueCode;
}

export function emitMessage(sink: Sink, message: MessageFacts): void {
  const { name } = sink.homes.get(message.name);
  const members = membersOf(sink, message);
  emitInterface(sink, name, members);
  const { use } = sink;
  sink.lines.push(
    `export function encode${name}(m: ${use('Init')}<${name}>): Uint8Array {`,
    `  return ${use('encodeMessage')}(write${name}, m);`,
    '}',
    `export function decode${name}(bytes: Uint8Array): ${name} {`,
    `  return ${use('decodeMessage')}('${name}', read${name}, bytes);`,
    '}',
  );
  emitWrite(sink, name, members);
  emitRead(sink, name, members);
}

/** In the order of field numbers, as every implementation writes them. */
function membersOf(sink: Sink, message: MessageFacts): Member[] {
  const members: Member[] = [];
  const oneofs = new Map<string, Case[]>();
  for (const field of [...message.fields].sort((a, b) => a.number - b.number)) {
    const code = new ValueCode(sink, message.name, field);
    if (field.oneof === undefined) {
      members.push({ kind: 'field', field, code });
      continue;
    }
    const cases = oneofs.get(field.oneof);
    if (cases !== undefined) cases.push({ field, code });
    else {
      const first = [{ field, code }];
      oneofs.set(field.oneof, first);
      members.push({ kind: 'oneof', name: camelCase(field.oneof), cases: first });
    }
  }
  return members;
}

function emitInterface({ lines }: Sink, name: string, members: readonly Member[]): void {
  lines.push('', `export interface ${name} {`);
  for (const member of members) {
    if (member.kind === 'oneof') {
      lines.push(`  readonly ${member.name}?:`);
      for (const { field, code } of member.cases) {
        lines.push(`    | { readonly case: '${fieldName(field)}'; readonly value: ${code.type} }`);
      }
      lines.push('    | undefined;');
    } else lines.push(`  readonly ${declaration(member)};`);
  }
  lines.push('  readonly unknownFields?: Uint8Array | undefined;', '}');
}

function declaration({ field, code }: Case): string {
  const name = fieldName(field);
  if (field.label === 'map') return `${name}: ReadonlyMap<string, ${code.type}>`;
  if (field.label === 'repeated') return `${name}: readonly ${code.type}[]`;
  if (field.label === 'optional' || code.isMessage) return `${name}?: ${code.type} | undefined`;
  return `${name}: ${code.type}`;
}

function emitWrite({ lines, use }: Sink, name: string, members: readonly Member[]): void {
  lines.push(
    `export function write${name}(m: ${use('Init')}<${name}>, w: ${use('Writer')}): void {`,
  );
  for (const member of members) {
    if (member.kind === 'field') lines.push(...writeField(use, member).map((line) => `  ${line}`));
    else {
      lines.push(`  if (m.${member.name} !== undefined) {`, `    switch (m.${member.name}.case) {`);
      for (const { field, code } of member.cases) {
        lines.push(
          `      case '${fieldName(field)}':`,
          `        ${code.write(field.number, `m.${member.name}.value`)}`,
          '        break;',
        );
      }
      lines.push('    }', '  }');
    }
  }
  lines.push('  if (m.unknownFields !== undefined) w.raw(m.unknownFields);', '}');
}

function writeField(use: Sink['use'], { field, code }: Case): string[] {
  const value = `m.${fieldName(field)}`;
  const { number } = field;
  switch (field.label) {
    case 'map':
      return [
        // Cold code spends more on an iterator of entries than on what is done with them.
        `${value}?.forEach((value, key) => {`,
        `  w.uint32(${String(number * 8 + 2)}).fork();`,
        `  ${use('writeString')}(w, 10, key);`,
        `  ${code.write(2, 'value')}`,
        '  w.ldelim();',
        '});',
      ];
    case 'repeated':
      if (code.wireType !== 2) return writePacked(field, code, value);
      return [
        `if (${value} !== undefined) {`,
        `  for (const item of ${value}) {`,
        `    ${code.write(number, 'item')}`,
        '  }',
        '}',
      ];
    case 'optional':
      return [`if (${value} !== undefined) {`, `  ${code.write(number, value)}`, '}'];
    case 'singular': {
      const isSet = code.isMessage ? `${value} !== undefined` : code.isSet(value);
      return [`if (${isSet}) {`, `  ${code.write(number, value)}`, '}'];
    }
  }
}

/** The only packed fields of the model are 64-bit counts. */
function writePacked(field: FieldFacts, code: ValueCode, value: string): string[] {
  if (field.type !== 'int64') throw new Error(`packed ${field.type} is not generated`);
  return [
    `if (${value} !== undefined && ${value}.length > 0) {`,
    `  w.uint32(${String(field.number * 8 + 2)}).fork();`,
    `  for (const item of ${value}) ${code.write(0, 'item').replace('w.uint32(0)', 'w')}`,
    '  w.ldelim();',
    '}',
  ];
}

function emitRead({ lines, use }: Sink, name: string, members: readonly Member[]): void {
  // A message of scalars nests nothing, and Node's stripper of types has no use for the argument.
  const nests = members.some((member) =>
    (member.kind === 'oneof' ? member.cases : [member]).some(({ code }) => code.isMessage),
  );
  lines.push(
    `export function read${name}(r: ${use('Reader')}, ${nests ? 'depth' : '_depth'}: number): ${name} {`,
    `  const m: ${use('Draft')}<${name}> = {`,
    ...members.map((member) => `    ${initial(use, member)},`),
    '    unknownFields: undefined,',
    '  };',
    `  let unknown: ${use('UnknownFields')} | undefined;`,
    '  while (r.pos < r.len) {',
    '    const start = r.pos;',
    '    const tag = r.tag();',
    '    switch (tag) {',
  );
  for (const member of members) {
    for (const line of member.kind === 'oneof' ? readOneof(member) : readField(use, member)) {
      lines.push(`      ${line}`);
    }
  }
  lines.push(
    '      default:',
    `        unknown = ${use('skipUnknown')}(r, start, tag, unknown);`,
    '    }',
    '  }',
    `  if (unknown !== undefined) m.unknownFields = ${use('unknownBytes')}(r, unknown);`,
    '  return m;',
    '}',
  );
}

function initial(use: Sink['use'], member: Member): string {
  if (member.kind === 'oneof') return `${member.name}: undefined`;
  const { field, code } = member;
  const name = fieldName(field);
  if (field.label === 'map') return `${name}: ${use('NO_ENTRIES')}`;
  if (field.label === 'repeated') return `${name}: []`;
  return `${name}: ${field.label === 'optional' || code.isMessage ? 'undefined' : code.zero}`;
}

function readOneof(member: Extract<Member, { kind: 'oneof' }>): string[] {
  return member.cases.flatMap(({ field, code }) => [
    `case ${String(code.tag(field.number))}:`,
    `  m.${member.name} = { case: '${fieldName(field)}', value: ${code.read()} };`,
    '  break;',
  ]);
}

function readField(use: Sink['use'], { field, code }: Case): string[] {
  const target = `m.${fieldName(field)}`;
  const delimited = String(field.number * 8 + 2);
  if (field.label === 'map') {
    const entry = code.isMessage
      ? `${use('readMessageEntry')}(r, ${target}, ${code.reader()}, depth)`
      : `${use('readEntry')}(r, ${target}, ${String(code.tag(2))}, ${code.reader()}, ${code.zero})`;
    return [`case ${delimited}:`, `  ${target} = ${entry};`, '  break;'];
  }
  const one =
    field.label === 'repeated' ? `${target}.push(${code.read()})` : `${target} = ${code.read()}`;
  const lines = [`case ${String(code.tag(field.number))}:`, `  ${one};`, '  break;'];
  if (field.label !== 'repeated' || code.wireType === 2) return lines;
  return [
    ...lines,
    `case ${delimited}:`,
    `  ${use('readPacked')}(r, ${target}, ${code.read().replace('(r)', '')});`,
    '  break;',
  ];
}
