/**
 * Makes `portability/urns.ts` from the options of the enum values in our proto texts:
 *
 *   node --conditions=strahl-source --import tsx scripts/gen-urns.ts [--check]
 */
import type { EnumFacts, OptionValue } from './protos/facts.js';
import { output } from './protos/output.js';
import { readProtos } from './protos/read-protos.js';

interface Table {
  readonly name: string;
  readonly doc: string;
  /** Names of enums, without package. */
  readonly from: readonly string[];
  /** What the constant of a value is called; its own name unless given. */
  readonly rename?: (value: string, from: string) => string;
}

const standard = (...names: string[]): string[] =>
  names.map((name) => `StandardPTransforms.${name}`);

const TABLES: readonly Table[] = [
  {
    name: 'TRANSFORM_URN',
    doc: 'What a transform does.',
    from: [
      ...standard('Primitives', 'DeprecatedPrimitives', 'Composites', 'CombineComponents'),
      ...standard('SplittableParDoComponents', 'GroupIntoBatchesComponents'),
      'FnApiTransforms.Runner',
    ],
    rename: (value, from) => (from.includes('Splittable') ? `SDF_${value}` : value),
  },
  { name: 'CODER_URN', doc: 'How elements are encoded.', from: ['StandardCoders.Enum'] },
  {
    name: 'WINDOW_FN_URN',
    doc: 'Window functions that every runner evaluates itself.',
    from: ['Global', 'Fixed', 'Sliding', 'Session'].map((kind) => `${kind}WindowsPayload.Enum`),
    rename: (_, from) =>
      from
        .replace(/Payload.*$/, '')
        .replace(/(?!^)[A-Z]/, '_$&')
        .toUpperCase(),
  },
  {
    name: 'SIDE_INPUT_URN',
    doc: 'How a side input is read.',
    from: ['StandardSideInputTypes.Enum'],
  },
  {
    name: 'USER_STATE_URN',
    doc: 'How a state cell is reached.',
    from: ['StandardUserStateTypes.Enum'],
  },
  {
    name: 'ENVIRONMENT_URN',
    doc: 'Where user code runs.',
    from: ['StandardEnvironments.Environments'],
  },
  { name: 'ARTIFACT_TYPE_URN', doc: 'What an artifact is.', from: ['StandardArtifacts.Types'] },
  { name: 'ARTIFACT_ROLE_URN', doc: 'What an artifact is for.', from: ['StandardArtifacts.Roles'] },
  { name: 'PROTOCOL_URN', doc: 'Capabilities of an SDK.', from: ['StandardProtocols.Enum'] },
  {
    name: 'RUNNER_PROTOCOL_URN',
    doc: 'Capabilities of a runner.',
    from: ['StandardRunnerProtocols.Enum'],
  },
  {
    name: 'REQUIREMENT_URN',
    doc: 'What a pipeline demands of its runner.',
    from: ['StandardRequirements.Enum'],
  },
  {
    name: 'DISPLAY_DATA_URN',
    doc: 'Forms of display data.',
    from: ['StandardDisplayData.DisplayData'],
  },
  { name: 'RESOURCE_URN', doc: 'Resource hints.', from: ['StandardResourceHints.Enum'] },
  { name: 'METRIC_URN', doc: 'What is measured.', from: ['MonitoringInfoSpecs.Enum'] },
  {
    name: 'METRIC_TYPE_URN',
    doc: 'How a measurement is encoded.',
    from: ['MonitoringInfoTypeUrns.Enum'],
    rename: (value) => value.replace(/_TYPE$/, ''),
  },
  {
    name: 'METRIC_LABEL',
    doc: 'Labels of a measurement.',
    from: ['MonitoringInfo.MonitoringInfoLabels'],
  },
  { name: 'LOGICAL_TYPE_URN', doc: 'Logical types of schemas.', from: ['LogicalTypes.Enum'] },
  { name: 'EXPANSION_URN', doc: 'Payloads of an expansion.', from: ['ExpansionMethods.Enum'] },
  {
    name: 'MANAGED_TRANSFORM_URN',
    doc: 'Schema transforms behind a managed transform.',
    from: ['ManagedTransforms.Urns'],
  },
  {
    name: 'ANNOTATION_KEY',
    doc: 'Annotations that an expanded schema transform carries.',
    from: ['Annotations.Enum'],
    rename: (value) => value.replace(/_KEY$/, ''),
  },
  {
    name: 'ARTIFACT_TOKEN',
    doc: 'Retrieval tokens with a meaning.',
    from: ['CommitManifestResponse.Constants'],
    rename: (value) => value.replace(/_TOKEN$/, ''),
  },
];

const enums = new Map(
  readProtos().flatMap((file) =>
    file.enums.map((e) => [e.name.slice(file.package.length + 1), e] as const),
  ),
);

/** The URN, constant or label that a value stands for. */
function constantOf(value: EnumFacts['values'][number]): string {
  const { beam_urn, beam_constant, label_props, monitoring_info_spec } = value.options ?? {};
  const found =
    beam_urn ?? beam_constant ?? part(label_props, 'name') ?? part(monitoring_info_spec, 'urn');
  if (typeof found !== 'string') throw new Error(`${value.name} stands for nothing`);
  return found;
}

function part(option: OptionValue | undefined, name: string): OptionValue | undefined {
  return (option as { readonly [name: string]: OptionValue } | undefined)?.[name];
}

function tableText(table: Table): string {
  const rows = table.from.flatMap((from) => {
    const facts = enums.get(from);
    if (facts === undefined) throw new Error(`no enum ${from}`);
    return facts.values.map((value) => {
      const name = table.rename?.(value.name, from) ?? value.name;
      const row = `  ${name}: '${constantOf(value)}',`;
      return row.length <= 100 ? row : row.replace(`: '`, `:\n    '`);
    });
  });
  return [`/** ${table.doc} */`, `export const ${table.name} = {`, ...rows, '} as const;', ''].join(
    '\n',
  );
}

const unused = [...enums].filter(
  ([name, e]) =>
    name !== 'BeamConstants.Constants' &&
    e.values.some((value) => value.options !== undefined) &&
    !TABLES.some((table) => table.from.includes(name)),
);
if (unused.length > 0) throw new Error(`no table takes ${unused.map(([name]) => name).join(', ')}`);

const header = `/**
 * Names that both sides of a wire know. Made from the proto texts by scripts/gen-urns.ts: change those.
 */
`;
output(
  new Map([['urns.ts', `${header}${TABLES.map(tableText).join('\n')}`]]),
  new URL('../portability/', import.meta.url),
  process.argv.slice(2),
);
