/**
 * Makes one TypeScript module per proto text, under `portability/proto/generated`:
 *
 *   node --conditions=strahl-source --import tsx scripts/gen-protos.ts [--check]
 *
 * The modules are plain functions over `protobufjs/minimal`, without reflection, so they load fast and run where
 * code generation is forbidden; what they share is in `portability/proto/codec.ts` and `message-writer.ts`.
 */
import { emitModule } from './protos/emit-module.js';
import { Homes } from './protos/naming.js';
import { output } from './protos/output.js';
import { PROTO_FOLDER, readProtos } from './protos/read-protos.js';

const files = readProtos();
const homes = new Homes(files);
const modules = files.map(
  (file) => [file.path.replace(/\.proto$/, '.ts'), emitModule(file, homes)] as const,
);
output(new Map(modules), new URL('generated/', PROTO_FOLDER), process.argv.slice(2));
