// Runs in a child process that may not make code from text; prints what it found as JSON.
import { InProcessConnection } from './in-process.js';
import { bundleOf, calling, framesOf, StageCodec, StageDraft } from './stage-draft.fixture.js';
import { STILL_CLOCK } from './still-clock.fixture.js';

function isRefused(): boolean {
  try {
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the probe
    new Function('return 1');
    return false;
  } catch {
    return true;
  }
}

const draft = new StageDraft();
for (const name of ['in', 'mid', 'out']) draft.pcollection(name, 'varint');
draft
  .source('in')
  .parDo(
    'add',
    calling('map', (x: number) => x + 1),
    'in',
    'mid',
  )
  .parDo(
    'even',
    calling('filter', (x: number) => x % 2 === 0),
    'mid',
    'out',
  )
  .sink('sink', 'out');
const descriptor = draft.build();
const clock = STILL_CLOCK;
const connection = new InProcessConnection({ functions: draft.functions, clock });
connection.register([descriptor]);
const codec = new StageCodec(descriptor, draft.functions);
const elements = [1, 2, 3].map((value) => ({ value }));
const outcome = await connection.process(bundleOf(codec.encode('in', elements)));
const values = codec.values('out', framesOf(outcome));
process.stdout.write(JSON.stringify({ refused: isRefused(), values }));
