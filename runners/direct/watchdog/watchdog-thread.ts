/**
 * The thread that looks at the heartbeat, as the text of a CommonJS module: so it needs no file of its own,
 * which a bundler would lose, and runs on every Node without a loader. While the main thread loops it
 * cannot ask anybody else for anything: it stops the loop for an instant through the inspector to see where
 * it is, and writes to the standard error file itself.
 *
 *   workerData.beat     Int32Array, shared: [turns of the event loop, stage at work + 1]
 *   workerData.every    milliseconds between two looks
 *   workerData.looks    so many looks without a turn are a hang
 *   workerData.reports  per stage, and first for none, the text to write; `{where}` is the place
 *   workerData.packages frames in files that contain one of these are not the user's
 */
export const WATCHDOG_THREAD = `'use strict';
const { writeSync } = require('node:fs');
const { Session } = require('node:inspector');
const { workerData } = require('node:worker_threads');
const { beat, every, looks, reports, packages } = workerData;
let seen = -1;
let same = 0;
setInterval(() => {
  const now = Atomics.load(beat, 0);
  same = now === seen ? same + 1 : 0;
  seen = now;
  if (same === looks) report(Atomics.load(beat, 1));
}, every);

function report(stage) {
  let told = false;
  const tell = (where) => {
    if (told) return;
    told = true;
    const text = (reports[stage] || reports[0]).replace('{where}', () => where || 'unknown');
    try { writeSync(2, '\\n' + text + '\\n'); } catch {}
  };
  // Native code that does not come back cannot be stopped: then nobody answers.
  setTimeout(() => tell(''), 1000);
  try { locate(tell); } catch { tell(''); }
}

function locate(tell) {
  const session = new Session();
  session.connectToMainThread();
  const end = (where) => {
    session.post('Debugger.resume', () => session.post('Debugger.disable', () => session.disconnect()));
    tell(where);
  };
  session.once('Debugger.paused', ({ params }) => {
    // The stack is asked for in the loop itself, where it names the lines of the sources.
    const expression = 'new Error().stack';
    const callFrameId = params.callFrames[0].callFrameId;
    session.post('Debugger.evaluateOnCallFrame', { callFrameId, expression, returnByValue: true }, (e, r) => {
      const stack = e ? '' : String(r.result.value);
      const places = stack.split('\\n').slice(1).map(placeIn).filter((place) => place !== undefined);
      const [inner, ...callers] = places;
      const outer = callers.pop();
      end(inner === undefined || outer === undefined ? inner : inner + ', called from ' + outer);
    });
  });
  session.post('Debugger.enable', (e) => {
    if (e) tell('');
    else session.post('Debugger.pause');
  });
}

function placeIn(frame) {
  const [, name, file] = /^\\s*at (?:(.*?) \\()?((?:file:\\/\\/|\\/|[A-Za-z]:).*:\\d+:\\d+)\\)?$/.exec(frame) || [];
  if (file === undefined || name && name.startsWith('eval')) return undefined;
  if (packages.some((part) => file.includes(part))) return undefined;
  return file.replace('file://', '') + (name ? ' in ' + name : '');
}
`;
