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
 *   workerData.steps    the texts by the name of a step, where the stack tells which step is at work
 *   workerData.packages frames in files that contain one of these are not the user's
 *   workerData.waiting  the global function of the main thread that names the steps that have not answered
 */
export const WATCHDOG_THREAD = `'use strict';
const { writeSync } = require('node:fs');
const { Session } = require('node:inspector');
const { workerData } = require('node:worker_threads');
const { beat, every, looks, reports, steps, packages, waiting } = workerData;
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
  const tell = (where, step) => {
    if (told) return;
    told = true;
    const text = (textOf(step) || reports[stage] || reports[0]).replace('{where}', () => where || 'unknown');
    try { writeSync(2, '\\n' + text + '\\n'); } catch {}
  };
  // Native code that does not come back cannot be stopped: then nobody answers.
  setTimeout(() => tell(''), 5000);
  try { locate(tell); } catch { tell(''); }
}

// A part that the plan made of a step is called by the step's name and more.
function textOf(step) {
  for (let name = step || ''; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('/')))) {
    if (steps[name] !== undefined) return steps[name];
  }
}

function locate(tell) {
  const session = new Session();
  session.connectToMainThread();
  const end = (where, step) => {
    session.post('Debugger.resume', () => session.post('Debugger.disable', () => session.disconnect()));
    tell(where, step);
  };
  session.once('Debugger.paused', ({ params }) => {
    const told = (where) => findStep(session, params.callFrames, (step) => {
      if (step !== undefined) end(where, step);
      else findWaiting(session, params.callFrames[0], (only) => end(where, only));
    });
    // The stack is asked for in the loop itself, where it names the lines of the sources.
    const expression = 'new Error().stack';
    const callFrameId = params.callFrames[0].callFrameId;
    session.post('Debugger.evaluateOnCallFrame', { callFrameId, expression, returnByValue: true }, (e, r) => {
      const stack = e ? '' : String(r.result.value);
      const places = stack.split('\\n').slice(1).map(placeIn).filter((place) => place !== undefined);
      const [inner, ...callers] = places;
      const outer = callers.pop();
      told(inner === undefined || outer === undefined ? inner : inner + ', called from ' + outer);
    });
  });
  session.post('Debugger.enable', (e) => {
    if (e) tell('');
    else session.post('Debugger.pause');
  });
}

// Who called the user's function knows its step: the operator, or compiled code, which names it by a number.
function findStep(session, frames, found) {
  const [frame, ...callers] = frames;
  if (frame === undefined) return found();
  const next = () => findStep(session, callers, found);
  const ask = (operator) => {
    const { callFrameId } = frame;
    const expression = '(o => o && o.step && o.step.name)(' + operator + ')';
    session.post('Debugger.evaluateOnCallFrame', { callFrameId, expression, returnByValue: true }, (e, r) => {
      const name = e || r.exceptionDetails ? undefined : r.result.value;
      if (typeof name === 'string') found(name);
      else next();
    });
  };
  const { functionName, location, url } = frame;
  const [, kind, slot] = url === '' && /^([nl])(\\d+)$/.exec(functionName) || [];
  if (kind === 'n') return ask('o' + slot);
  if (kind === undefined) return isOwn(url) ? ask('typeof operator === "object" ? operator : this') : next();
  // A loop has the calls of several steps in it, one a line.
  session.post('Debugger.getScriptSource', { scriptId: location.scriptId }, (e, r) => {
    const line = e ? '' : r.scriptSource.split('\\n')[location.lineNumber] || '';
    const [, called] = /=f(\\d+)[.(]/.exec(line) || [];
    ask('o' + (called || slot));
  });
}

// What goes on behind an await has no caller. Its step has not answered; if no other one waits, it is the one.
function findWaiting(session, { callFrameId }, found) {
  const expression = 'globalThis[' + JSON.stringify(waiting) + ']()';
  session.post('Debugger.evaluateOnCallFrame', { callFrameId, expression, returnByValue: true }, (e, r) => {
    const [only, other] = e || r.exceptionDetails ? [] : r.result.value;
    found(other === undefined ? only : undefined);
  });
}

function isOwn(url) {
  return packages.some((part) => url.includes(part));
}

function placeIn(frame) {
  const [, name, file] = /^\\s*at (?:(.*?) \\()?((?:file:\\/\\/|\\/|[A-Za-z]:).*:\\d+:\\d+)\\)?$/.exec(frame) || [];
  if (file === undefined || name && name.startsWith('eval')) return undefined;
  if (isOwn(file)) return undefined;
  return file.replace('file://', '') + (name ? ' in ' + name : '');
}
`;
