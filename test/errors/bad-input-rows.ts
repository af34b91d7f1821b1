/** One way to use Strahl wrongly, and what must come of it. */
export interface BadInput {
  readonly what: string;
  /**
   * Behind `strahl`. `@name` is a pipeline of `pipelines.ts`, `HERE` the folder of this file; `IN`, `OUT` and `DIR`
   * are paths in a folder of the row's own.
   */
  readonly call: readonly string[];
  /** Content of `IN`, and of other files of the folder. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly code: `STRAHL-${number}`;
  readonly text: RegExp;
  readonly exit: 1 | 2;
}

const usage = { exit: 2 } as const;
const failure = { exit: 1 } as const;
const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);

// prettier-ignore
const commandLine: readonly BadInput[] = [
  { what: 'an unknown command', call: ['rnu', 'x.ts'], code: 'STRAHL-9005', text: /did you mean strahl run\?/, ...usage },
  { what: 'S2: a job server for all machines', call: ['job-server', '--host', '0.0.0.0'], code: 'STRAHL-9007', text: /0\.0\.0\.0 can be reached from other machines[^]*TLS certificates and a token/, ...usage },
  { what: 'S2: a job server for all machines, by a token alone', call: ['job-server', '--host', '0.0.0.0', '--token-file', 'IN'], files: { IN: 'secret' }, code: 'STRAHL-9007', text: /anyone there could run code here/, ...usage },
  { what: 'S2: a worker pool for all machines', call: ['worker', '--host', '0.0.0.0'], code: 'STRAHL-9007', text: /0\.0\.0\.0 can be reached/, ...usage },
  { what: 'a job server that takes no jobs', call: ['job-server', '--max-jobs', '0'], code: 'STRAHL-9002', text: /--max-jobs 0 is not a whole number from 1/, ...usage },
  { what: 'no file', call: ['run'], code: 'STRAHL-9006', text: /needs the file/, ...usage },
  { what: 'a file that is not there', call: ['run', 'IN'], code: 'STRAHL-9006', text: /there is no file/, ...usage },
  { what: 'a folder', call: ['run', '.'], code: 'STRAHL-9006', text: /is a directory/, ...usage },
  { what: 'a file that is no program', call: ['run', 'broken.mjs'], files: { 'broken.mjs': 'export default {' }, code: 'STRAHL-9006', text: /cannot be loaded/, ...usage },
  { what: 'a file that throws', call: ['run', 'throws.mjs'], files: { 'throws.mjs': 'throw new Error("at once")' }, code: 'STRAHL-9006', text: /Error: at once/, ...usage },
  { what: 'a file without a pipeline', call: ['run', 'empty.mjs'], files: { 'empty.mjs': 'export const a = 1;' }, code: 'STRAHL-9006', text: /exports no pipeline/, ...usage },
  { what: 'a slip in the name of the export', call: ['run', '@typd'], code: 'STRAHL-9006', text: /#typed/, ...usage },
  { what: 'an unknown flag', call: ['run', '@copy', '--ouput', 'x'], code: 'STRAHL-9001', text: /unknown flag --ouput; did you mean --output\?/, ...usage },
  { what: 'an argument too many', call: ['run', '@copy', 'surplus'], code: 'STRAHL-9001', text: /unexpected argument surplus/, ...usage },
  { what: 'a flag without its value', call: ['run', '@copy', '--input'], code: 'STRAHL-9002', text: /--input needs a value/, ...usage },
  { what: 'flags that contradict each other', call: ['run', '@typed', '--count', '1', '--quiet', '--verbose'], code: 'STRAHL-9002', text: /--quiet and --verbose contradict each other/, ...usage },
  { what: 'two formats', call: ['graph', '@copy', '--json', '--format', 'dot'], code: 'STRAHL-9002', text: /--format and --json contradict each other/, ...usage },
  { what: 'a graph below a file', call: ['graph', '@copy', '--out', 'IN/graph.txt'], files: { IN: 'a\n' }, code: 'STRAHL-6002', text: /in\.txt/, ...failure },
  { what: 'a runner that only submit knows', call: ['run', '@typed', '--count', '1', '--runner', 'portable'], code: 'STRAHL-9005', text: /strahl submit FILE --job-endpoint HOST:PORT/, ...usage },
  { what: 'an unknown flag without a command', call: ['--nosuch'], code: 'STRAHL-9001', text: /unknown flag --nosuch/, ...usage },
  { what: 'a flag of runners over several processes', call: ['run', '@typed', '--count', '1', '--workers', '4'], code: 'STRAHL-9001', text: /no flag --workers here[^]*one process[^]*strahl submit/, ...usage },
  { what: 'a job that is to run without its process', call: ['run', '@typed', '--count', '1', '--detach'], code: 'STRAHL-9001', text: /no flag --detach here[^]*the job ends with it[^]*strahl submit FILE --detach/, ...usage },
  { what: 'a rule for all failures', call: ['run', '@typed', '--count', '1', '--on-error', 'skip'], code: 'STRAHL-9001', text: /no flag --on-error here[^]*\.attempt/, ...usage },
  { what: 'a page of a job', call: ['run', '@typed', '--count', '1', '--ui'], code: 'STRAHL-9001', text: /no flag --ui here[^]*strahl graph/, ...usage },
  { what: 'a token that others could read', call: ['job-server', '--token', 'x'], code: 'STRAHL-9001', text: /no flag --token here[^]*command line[^]*--token-file FILE/, ...usage },
  { what: 'the address of a job of this machine', call: ['drain', '--endpoint', 'localhost:1'], code: 'STRAHL-9001', text: /no flag --endpoint here[^]*--job-endpoint/, ...usage },
  { what: 'a job in the place of another', call: ['submit', '@typed', '--count', '1', '--job-endpoint', 'localhost:1', '--update', 'x'], code: 'STRAHL-9001', text: /no flag --update here[^]*strahl drain JOB/, ...usage },
  { what: 'settings that are not there', call: ['run', '@typed', '--config', 'none.ts'], code: 'STRAHL-9002', text: /settings in none\.ts cannot be read[^]*there is no file/, ...usage },
  { what: 'a file of another language', call: ['run', 'IN'], files: { IN: 'a' }, code: 'STRAHL-9006', text: /cannot be loaded[^]*\.ts, \.js or \.mjs/, ...usage },
  { what: 'an unknown runner', call: ['run', '@typed', '--count', '1', '--runner', 'drect'], code: 'STRAHL-9005', text: /did you mean direct\?/, ...usage },
  { what: 'an unknown format', call: ['graph', '@copy', '--format', 'svg'], code: 'STRAHL-9005', text: /text\|mermaid\|dot\|json/, ...usage },
];

// prettier-ignore
const options: readonly BadInput[] = [
  { what: 'a missing option', call: ['run', '@typed'], code: 'STRAHL-9002', text: /--count is missing/, ...usage },
  { what: 'a word for a number', call: ['run', '@typed', '--count', 'three'], code: 'STRAHL-9002', text: /--count: .*three/, ...usage },
  { what: 'a fraction for an integer', call: ['run', '@typed', '--count', '1.5'], code: 'STRAHL-9002', text: /--count: .*integer/, ...usage },
  { what: 'a value that is none of the choices', call: ['run', '@typed', '--count', '1', '--mode', 'medium'], code: 'STRAHL-9002', text: /--mode: .*fast/, ...usage },
  { what: 'a switch with a word', call: ['run', '@typed', '--count', '1', '--dry-run=maybe'], code: 'STRAHL-9002', text: /true or false, not "maybe"/, ...usage },
  { what: 'an option given twice', call: ['run', '@typed', '--count', '1', '--count', '2'], code: 'STRAHL-9002', text: /given twice/, ...usage },
  { what: 'a bad value in the environment', call: ['run', '@typed'], environment: { STRAHL_COUNT: 'many' }, code: 'STRAHL-9002', text: /--count: .*many/, ...usage },
  { what: '__proto__ in an option', call: ['run', '@typed', '--count', '1', '--limits', '{"__proto__":{"max":1}}'], code: 'STRAHL-9002', text: /__proto__ is not allowed/, ...usage },
  { what: 'an unknown key in the settings', call: ['run', '@typed', '--count', '1'], files: { 'strahl.config.json': '{"cuont":1}' }, code: 'STRAHL-9001', text: /cuont in strahl.config.json; did you mean count\?/, ...usage },
  { what: '__proto__ in the settings', call: ['run', '@typed'], files: { 'strahl.config.json': '{"__proto__":1}' }, code: 'STRAHL-9002', text: /__proto__ is not allowed/, ...usage },
  { what: 'settings of 2 MB', call: ['run', '@typed'], files: { 'strahl.config.json': `{"count":${' '.repeat(2 ** 21)}1}` }, code: 'STRAHL-9002', text: /2097163 bytes, at most 1048576/, ...usage },
  { what: 'settings that are no UTF-8', call: ['run', '@typed'], files: { 'strahl.config.json': bytes(0x7b, 0xff, 0x7d) }, code: 'STRAHL-9002', text: /not valid UTF-8/, ...usage },
  { what: 'settings that are a list', call: ['run', '@typed'], files: { 'strahl.config.json': '[]' }, code: 'STRAHL-9002', text: /holds no object/, ...usage },
  { what: 'settings that are no JSON', call: ['run', '@typed'], files: { 'strahl.config.json': '{"count":1' }, code: 'STRAHL-9002', text: /strahl\.config\.json/, ...usage },
  { what: 'a list for a number in the settings', call: ['run', '@typed'], files: { 'strahl.config.json': '{"count":[1]}' }, code: 'STRAHL-9002', text: /count: a list is no integer, in strahl\.config\.json/, ...usage },
  { what: 'a word for a number in the settings', call: ['run', '@typed'], files: { 'strahl.config.json': '{"count":"many"}' }, code: 'STRAHL-9002', text: /count: .*integer.*many/, ...usage },
  { what: 'a size that is none', call: ['run', '@typed', '--count', '1', '--memory', 'plenty'], code: 'STRAHL-9002', text: /--memory takes a number of bytes/, ...usage },
  { what: 'an option that takes the name of a flag', call: ['run', 'HERE/taken-option-name.ts'], code: 'STRAHL-9003', text: /runner/, ...usage },
  { what: 'options that are no fields', call: ['run', 'HERE/options-without-fields.ts'], code: 'STRAHL-9004', text: /fields/, ...usage },
  { what: 'a delimiter that is the quote', call: ['run', '@quotedDelimiter'], code: 'STRAHL-9002', text: /delimiter and quote must differ/, ...usage },
  { what: 'standard input that is watched', call: ['run', '@watchedInput'], code: 'STRAHL-9002', text: /watch standard input/, ...usage },
  { what: 'a list without any limit', call: ['run', '@limitless'], code: 'STRAHL-9002', text: /groupIntoBatches is given no limit/, ...usage },
  { what: 'an integer of the settings beyond those that are exact', call: ['run', '@typed'], files: { 'strahl.config.json': '{"count":9007199254740993}' }, code: 'STRAHL-9002', text: /9007199254740993/, ...usage },
  { what: 'an object that is no JSON', call: ['run', '@typed', '--count', '1', '--limits', '{max:1}'], code: 'STRAHL-9002', text: /--limits/, ...usage },
  { what: 'an integer beyond those that are exact', call: ['run', '@typed', '--count', '9007199254740993'], code: 'STRAHL-9002', text: /--count: expected an integer of -9007199254740991[\s\S]*9007199254740993/, ...usage },
  { what: 'a file of variables that is not there', call: ['run', '@typed', '--env-file', 'x.env'], code: 'STRAHL-9002', text: /there is no file/, ...usage },
];

// prettier-ignore
const construction: readonly BadInput[] = [
  { what: 'two steps of one name', call: ['run', '@duplicateName'], code: 'STRAHL-1001', text: /same/, ...failure },
  { what: 'a collection of a pipeline that has run', call: ['run', 'HERE/borrowed-collection.ts'], code: 'STRAHL-1002', text: /another pipeline|was built|has been built|has run/, ...failure },
  { what: 'null for a collection', call: ['run', '@nullInFlatten'], code: 'STRAHL-1002', text: /null/, ...failure },
  { what: 'null for values', call: ['run', '@nullInOf'], code: 'STRAHL-9002', text: /p\.of/, ...usage },
  { what: 'nothing for a function', call: ['run', '@noFunction'], code: 'STRAHL-9002', text: /function/, ...usage },
  { what: 'a grouping that never fires', call: ['run', '@unboundedGrouping'], code: 'STRAHL-1201', text: /window/, ...failure },
  { what: 'a side input that is never ready', call: ['run', '@endlessSide'], code: 'STRAHL-1305', text: /asList.*unbounded[\s\S]*trigger/, ...failure },
  { what: 'sessions for a side input', call: ['run', '@sessionSide'], code: 'STRAHL-1202', text: /sessions/, ...failure },
  { what: 'flatten of different windows', call: ['run', '@mixedFlatten'], code: 'STRAHL-1004', text: /60000 ms[\s\S]*120000 ms/, ...failure },
  { what: 'a grouping of different windows', call: ['run', '@mixedCoGroup'], code: 'STRAHL-1202', text: /sessions/, ...failure },
  { what: 'a grouping of windows of different sizes', call: ['run', '@sizesInCoGroup'], code: 'STRAHL-1202', text: /60000 ms[\s\S]*120000 ms/, ...failure },
  { what: 'a grouping of different triggers', call: ['run', '@triggersInCoGroup'], code: 'STRAHL-1202', text: /inputs of coGroupByKey have incompatible[\s\S]*keyBy/, ...failure },
  { what: 'a trigger that finishes', call: ['run', '@finishingTrigger'], code: 'STRAHL-1204', text: /repeat\(/, ...failure },
  { what: 'an apply after the run', call: ['run', 'HERE/borrowed-collection.ts#late'], code: 'STRAHL-1002', text: /already built/, ...failure },
  { what: 'a key without unique bytes', call: ['run', '@fractionalKey'], code: 'STRAHL-1103', text: /double/, ...failure },
  { what: 'a negative lateness', call: ['run', '@negativeLateness'], code: 'STRAHL-1203', text: /allowedLateness/, ...failure },
  { what: 'a window of no size', call: ['run', '@emptyWindow'], code: 'STRAHL-1203', text: /size/, ...failure },
  { what: 'an offset of a whole window', call: ['run', '@farOffset'], code: 'STRAHL-1203', text: /offset/, ...failure },
  { what: 'sliding windows with gaps', call: ['run', '@slidingGaps'], code: 'STRAHL-1203', text: /gaps/, ...failure },
  { what: 'sessions without a gap', call: ['run', '@emptyGap'], code: 'STRAHL-1203', text: /gap/, ...failure },
  { what: 'words for a duration', call: ['run', '@wordyDuration'], code: 'STRAHL-1203', text: /one minute/, ...failure },
  { what: 'something that is no sink', call: ['run', '@noSink'], code: 'STRAHL-1104', text: /sink/, ...failure },
  { what: 'two writes to one file', call: ['run', '@sameFile'], code: 'STRAHL-1106', text: /same\.txt is written twice[\s\S]*pipelines\.ts/, ...failure },
  { what: 'flatten of different triggers', call: ['run', '@mixedTriggers'], code: 'STRAHL-1004', text: /incompatible/, ...failure },
  { what: 'a period of no length', call: ['run', '@emptySlide'], code: 'STRAHL-1203', text: /period/, ...failure },
  { what: 'an offset of a whole period', call: ['run', '@farSlide'], code: 'STRAHL-1203', text: /offset/, ...failure },
];

const transfer = (name: string): readonly string[] => [
  'run',
  name,
  '--input',
  'IN',
  '--output',
  'OUT',
];

// prettier-ignore
const files: readonly BadInput[] = [
  { what: 'an input that is not there', call: transfer('@copy'), code: 'STRAHL-6002', text: /in\.txt/, ...failure },
  { what: 'a glob without a match', call: ['run', '@copy', '--input', 'IN.*', '--output', 'OUT'], code: 'STRAHL-6002', text: /no file matches/, ...failure },
  { what: 'a folder for an input', call: ['run', '@copy', '--input', 'DIR', '--output', 'OUT'], code: 'STRAHL-6002', text: /director[^]*step {5}text\.files\/elements\n/, ...failure },
  { what: 'a line that is no UTF-8', call: transfer('@copy'), files: { IN: bytes(0x61, 0x0a, 0xff, 0xfe, 0x0a) }, code: 'STRAHL-5002', text: /in\.txt:2/, ...failure },
  { what: 'a packed file that ends early', call: ['run', '@copy', '--input', 'DIR/cut.gz', '--output', 'OUT'], files: { 'cut.gz': bytes(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b) }, code: 'STRAHL-5002', text: /cut\.gz/, ...failure },
  { what: 'an output below a file', call: ['run', '@copy', '--input', 'IN', '--output', 'IN/below'], files: { IN: 'a\n' }, code: 'STRAHL-6002', text: /in\.txt/, ...failure },
  { what: 'a folder for an output', call: ['run', '@copy', '--input', 'IN', '--output', 'DIR'], files: { IN: 'a\n' }, code: 'STRAHL-6002', text: /it is a directory/, ...failure },
  { what: 'an output without a name', call: ['run', '@copy', '--input', 'IN', '--output', ''], files: { IN: 'a\n' }, code: 'STRAHL-9002', text: /cannot name an output file/, ...usage },
];

// prettier-ignore
const csv: readonly BadInput[] = [
  { what: 'an unclosed quote', call: transfer('@csvCopy'), files: { IN: 'a,b\n1,"2\n' }, code: 'STRAHL-5005', text: /in\.txt:2/, ...failure },
  { what: 'a field too many', call: transfer('@csvCopy'), files: { IN: 'a,b\n1,2\n1,2,3\n' }, code: 'STRAHL-5005', text: /in\.txt:3/, ...failure },
  { what: 'a field too few', call: transfer('@csvCopy'), files: { IN: 'a,b\n1,2\n1\n' }, code: 'STRAHL-5005', text: /in\.txt:3/, ...failure },
  { what: 'a bad row behind a byte-order mark and mixed line ends', call: transfer('@csvCopy'), files: { IN: '\ufeffa,b\r\n1,2\n1\r\n' }, code: 'STRAHL-5005', text: /in\.txt:3/, ...failure },
  { what: 'two columns of one name', call: transfer('@csvCopy'), files: { IN: 'a,a\n1,2\n' }, code: 'STRAHL-5005', text: /\ba\b/, ...failure },
  { what: 'a NUL character', call: transfer('@csvCopy'), files: { IN: 'a,b\n1,\u0000\n' }, code: 'STRAHL-5005', text: /NUL/, ...failure },
  { what: 'bytes of another charset', call: transfer('@csvCopy'), files: { IN: bytes(0x61, 0x0a, 0xe9, 0x0a) }, code: 'STRAHL-5002', text: /in\.txt/, ...failure },
  { what: 'a line that is longer than a record may be', call: transfer('@csvShort'), files: { IN: `a\n${'x'.repeat(2 ** 20)}\n` }, code: 'STRAHL-5004', text: /longer than maxRecordBytes[\s\S]*in\.txt:2/, ...failure },
  { what: 'a quote inside of a field', call: transfer('@csvCopy'), files: { IN: 'a,b\n1,2"\n' }, code: 'STRAHL-5005', text: /in\.txt:2:2/, ...failure },
  { what: 'a header that is no text', call: transfer('@csvCopy'), files: { IN: bytes(0xe9, 0x0a, 0x61, 0x0a) }, code: 'STRAHL-5002', text: /cannot name the columns/, ...failure },
  { what: 'a word in a column of numbers', call: transfer('@csvNumbers'), files: { IN: 'name,n\nx,1\ny,two\n' }, code: 'STRAHL-5005', text: /in\.txt:3/, ...failure },
];

// prettier-ignore
const json: readonly BadInput[] = [
  { what: 'a trailing comma', call: transfer('@jsonCopy'), files: { IN: '{"a":1}\n{"a":1,}\n' }, code: 'STRAHL-5005', text: /in\.txt:2/, ...failure },
  { what: 'a key that is given twice', call: transfer('@jsonCopy'), files: { IN: '{"a":1}\n{"a":1,"a":2}\n' }, code: 'STRAHL-5005', text: /in\.txt:2:8[\s\S]*"a" is given twice/, ...failure },
  { what: 'deep nesting', call: transfer('@jsonCopy'), files: { IN: `${'['.repeat(100_000)}\n` }, code: 'STRAHL-5004', text: /nested deeper/, ...failure },
  { what: 'an integer too large for its field', call: transfer('@jsonTyped'), files: { IN: '{"n":9007199254740993}\n' }, code: 'STRAHL-5005', text: /9007199254740993[\s\S]*in\.txt:1/, ...failure },
  { what: 'a record of another shape', call: transfer('@jsonTyped'), files: { IN: '{"n":1}\n{"m":1}\n' }, code: 'STRAHL-5005', text: /in\.txt:2/, ...failure },
  { what: 'a line that is longer than a line may be', call: transfer('@jsonShort'), files: { IN: `"${'x'.repeat(2 ** 20)}"\n` }, code: 'STRAHL-5004', text: /in\.txt:1/, ...failure },
  { what: 'an unfinished record', call: transfer('@jsonCopy'), files: { IN: '{"a":1}\n{"a":' }, code: 'STRAHL-5005', text: /in\.txt:2/, ...failure },
  { what: 'a number beyond all numbers', call: transfer('@jsonCopy'), files: { IN: '{"a":1e999}\n' }, code: 'STRAHL-5003', text: /1e999/, ...failure },
  { what: 'JSON that is no UTF-8', call: transfer('@jsonCopy'), files: { IN: bytes(0x22, 0xff, 0x22, 0x0a) }, code: 'STRAHL-5002', text: /in\.txt:1/, ...failure },
];

// prettier-ignore
const coders: readonly BadInput[] = [
  { what: 'a function as an element', call: ['run', '@functionElement'], code: 'STRAHL-5001', text: /function/, ...failure },
  { what: 'an instance of a class as an element', call: ['run', '@instanceElement'], code: 'STRAHL-5001', text: /URL/, ...failure },
  { what: 'NaN as an integer', call: ['run', '@nanInteger'], code: 'STRAHL-5001', text: /NaN/, ...failure },
  { what: 'an integer of 65 bits', call: ['run', '@hugeInteger'], code: 'STRAHL-5003', text: /18446744073709551616/, ...failure },
  { what: 'a text as a number', call: ['run', '@textForNumber'], code: 'STRAHL-5001', text: /three/, ...failure },
  { what: 'half of a surrogate pair', call: ['run', '@halfSurrogate'], code: 'STRAHL-5001', text: /surrogate/, ...failure },
  { what: 'a row without one of its fields', call: ['run', '@missingField'], code: 'STRAHL-5001', text: /\bb\b/, ...failure },
  { what: 'NaN as a key', call: ['run', '@nanKey'], code: 'STRAHL-5006', text: /NaN/, ...failure },
  { what: 'an object as a key', call: ['run', '@objectKey'], code: 'STRAHL-5006', text: /an object/, ...failure },
  { what: 'a map as a key', call: ['run', '@mapKey'], code: 'STRAHL-5006', text: /Map/, ...failure },
  { what: 'nothing as a text', call: ['run', '@nothingForText'], code: 'STRAHL-5001', text: /undefined/, ...failure },
  { what: 'an element that holds itself', call: ['run', '@endlessElement'], code: 'STRAHL-5004', text: /deep/, ...failure },
];

const stateful = (name: string): readonly string[] => ['run', `HERE/stateful-pipelines.ts#${name}`];

// prettier-ignore
const statesAndTimers: readonly BadInput[] = [
  { what: 'state without keys', call: stateful('unkeyedState'), code: 'STRAHL-1301', text: /keeps state by key/, ...failure },
  { what: 'a timer declared as a state', call: stateful('timerAsState'), code: 'STRAHL-9002', text: /"due" of the state of stateful/, ...usage },
  { what: 'a state declared as a timer', call: stateful('stateAsTimer'), code: 'STRAHL-9002', text: /"n" of the timers of stateful/, ...usage },
  { what: 'a callback of no timer', call: stateful('undeclaredTimer'), code: 'STRAHL-1303', text: /timer "other"/, ...failure },
  { what: 'a state that is not declared', call: stateful('undeclaredState'), code: 'STRAHL-1303', text: /uses state\.\w+[\s\S]*stateful[\s\S]*declare it/, ...failure },
  { what: 'NaN as the time of a timer', call: stateful('nanTimer'), code: 'STRAHL-1304', text: /"due" cannot be set: the time is not a time[\s\S]*give milliseconds/, ...failure },
  { what: 'a timer after the end of its window', call: stateful('lateTimer'), code: 'STRAHL-1304', text: /1970-01-01T00:02/, ...failure },
  { what: 'a timer before now', call: stateful('pastTimer'), code: 'STRAHL-1304', text: /-1000 ms/, ...failure },
  { what: 'an output of a timer before the element', call: stateful('earlyOutput'), code: 'STRAHL-1304', text: /1970-01-01T00:00:10/, ...failure },
  { what: 'an output of a timer after the window', call: stateful('lateOutput'), code: 'STRAHL-1304', text: /1970-01-01T00:02/, ...failure },
];

const mapping = (name: string): readonly string[] => ['run', name, '--output', 'OUT'];

// prettier-ignore
const userCode: readonly BadInput[] = [
  { what: 'a function that throws', call: mapping('@throwsError'), code: 'STRAHL-4001', text: /too far[\s\S]*doubling/, ...failure },
  { what: 'a function that throws a text', call: mapping('@throwsText'), code: 'STRAHL-4001', text: /just text/, ...failure },
  { what: 'a function that throws nothing', call: mapping('@throwsNothing'), code: 'STRAHL-4001', text: /undefined/, ...failure },
  { what: 'a promise that is rejected', call: mapping('@rejects'), code: 'STRAHL-4001', text: /refused/, ...failure },
  { what: 'a function that fails after some elements', call: mapping('@failsLate'), code: 'STRAHL-4001', text: /the third is bad/, ...failure },
  { what: 'NaN as a timestamp', call: ['run', '@nanTime'], code: 'STRAHL-4002', text: /NaN/, ...failure },
  { what: 'an invalid Date as a timestamp', call: ['run', '@invalidDate'], code: 'STRAHL-4002', text: /invalid|NaN/i, ...failure },
  { what: 'words as a timestamp', call: ['run', '@wordyTime'], code: 'STRAHL-4002', text: /a string is not a time/, ...failure },
  { what: 'a timestamp out of bounds', call: ['run', '@farTime'], code: 'STRAHL-4002', text: /1e\+?300/, ...failure },
  { what: 'a timestamp before the element', call: ['run', '@backInTime'], code: 'STRAHL-4002', text: /allowedSkew|skew/, ...failure },
];

const splitting = (name: string): readonly string[] => [
  'run',
  `HERE/splittable-pipelines.ts#${name}`,
];

// prettier-ignore
const splittable: readonly BadInput[] = [
  { what: 'a source without a function that reads', call: splitting('readless'), code: 'STRAHL-9002', text: /no function read/, ...usage },
  { what: 'a source that does not say whether it ends', call: splitting('endless'), code: 'STRAHL-9002', text: /bounded: 'bounded' or 'unbounded'/, ...usage },
  { what: 'something that is no tracker', call: splitting('noTracker'), code: 'STRAHL-9002', text: /offsetRange\(\)/, ...usage },
  { what: 'words for the time after which a source is idle', call: splitting('wordyIdle'), code: 'STRAHL-1203', text: /idleAfter/, ...failure },
  { what: 'a sequence that runs backwards by the clock', call: splitting('backwardsTicks'), code: 'STRAHL-9002', text: /from ≤ to/, ...usage },
  { what: 'a period of nothing', call: splitting('emptyPeriod'), code: 'STRAHL-1203', text: /every of periodicImpulse is 0 ms/, ...failure },
  { what: 'a watch without a key', call: splitting('keylessWatch'), code: 'STRAHL-9002', text: /no function by/, ...usage },
  { what: 'a restriction that nothing tracks', call: splitting('untracked'), code: 'STRAHL-1401', text: /tracker\(\{/, ...failure },
  { what: 'an element without a claim', call: splitting('unclaimed'), code: 'STRAHL-4005', text: /emitted without a claim/, ...failure },
  { what: 'a claim out of range', call: splitting('claimsBefore'), code: 'STRAHL-4005', text: /-1 was claimed/, ...failure },
  { what: 'claims that go backwards', call: splitting('claimsBackwards'), code: 'STRAHL-4005', text: /2 was claimed after 3/, ...failure },
  { what: 'a claim after a refused one', call: splitting('claimsOn'), code: 'STRAHL-4005', text: /after a claim was refused/, ...failure },
  { what: 'a read that returns early', call: splitting('returnsEarly'), code: 'STRAHL-4008', text: /not claimed to the end/, ...failure },
  { what: 'a watermark that falls', call: splitting('fallingWatermark'), code: 'STRAHL-4009', text: /never moves back/, ...failure },
  { what: 'an output behind a monotonic watermark', call: splitting('disorderly'), code: 'STRAHL-4009', text: /maxOutOfOrder/, ...failure },
  { what: 'a size below nothing', call: splitting('negativeSize'), code: 'STRAHL-4010', text: /size of a restriction is -1/, ...failure },
  { what: 'nothing for a restriction', call: splitting('noRestriction'), code: 'STRAHL-4010', text: /undefined/, ...failure },
  { what: 'a read that throws', call: splitting('readThrows'), code: 'STRAHL-4001', text: /the disk is gone/, ...failure },
];

export const BAD_INPUTS: Readonly<Record<string, readonly BadInput[]>> = {
  'on the command line': commandLine,
  'among the options': options,
  'in the building of a pipeline': construction,
  'in files': files,
  'in CSV': csv,
  'in JSON lines': json,
  'in elements': coders,
  'in functions': userCode,
  'in states and timers': statesAndTimers,
  'in splittable functions': splittable,
};

/** Rows that end the process, and so need one of their own. */
// prettier-ignore
export const BAD_ENDS: readonly BadInput[] = [
  { what: 'a function that ends the process', call: mapping('@exits'), code: 'STRAHL-4001', text: /process\.exit was called while the job ran\n {2}built at .*pipelines\.ts:\d+/, ...failure },
  { what: 'a rejection that nobody waits for', call: mapping('@leavesRejection'), code: 'STRAHL-4001', text: /nobody waits/, ...failure },
  { what: 'a callback that throws where nobody waits', call: mapping('@throwsLater'), code: 'STRAHL-4001', text: /outside of any step: thrown later/, ...failure },
  { what: 'a folder for an input, found while nobody waits for it yet', call: ['run', '@copy', '--input', 'DIR', '--output', 'OUT'], code: 'STRAHL-6002', text: /^STRAHL-6002[^]*director/, ...failure },
];
