/**
 * Makes `test/conformance/data/*.json` from files of Apache Beam and of this project's own vectors:
 *
 *   node --conditions=strahl-source --import tsx scripts/import-conformance.ts FOLDER
 *
 * FOLDER holds the YAML files and the binary descriptor set. Origin and licences are in NOTICE. The tests
 * read only the JSON, so a clone of this repository needs nothing else.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDescriptorSet } from './protos/descriptor-set.js';
import { coderVectors, plainDocuments, type Json } from './import-conformance-yaml.js';

const TARGET = new URL('../test/conformance/data/', import.meta.url);

const YAML_FILES: Readonly<Record<string, (text: string) => Json>> = {
  standard_coders: coderVectors,
  standard_coders_supplement: coderVectors,
  element_metadata: coderVectors,
  trigger_transcripts: plainDocuments,
  beam_yaml_windowing: plainDocuments,
};

function main(folder: string | undefined): void {
  if (folder === undefined) throw new Error('usage: import-conformance FOLDER');
  mkdirSync(TARGET, { recursive: true });
  for (const [name, convert] of Object.entries(YAML_FILES)) {
    write(name, convert(readFileSync(join(folder, `${name}.yaml`), 'utf8')));
  }
  const descriptors = readDescriptorSet(readFileSync(join(folder, 'beam_model.binpb')));
  write(
    'beam_model',
    descriptors.filter((file) => file.path !== 'google/protobuf/descriptor.proto'),
  );
}

function write(name: string, content: unknown): void {
  writeFileSync(new URL(`${name}.json`, TARGET), `${JSON.stringify(content, undefined, 1)}\n`);
}

main(process.argv[2]);
