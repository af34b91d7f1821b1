import { CALL_TEMPLATES, type NodeShape, type Template } from './node.js';

/**
 * The source of a stage's function. Everything in it is either a literal of this file or an integer:
 * a slot. Names, payloads and strings of a pipeline never enter it; user functions, operators and the
 * stage are parameters.
 *
 * Names in the text: `s` the running stage, `o3` the operator of slot 3, `f3` its user function, `n3`
 * takes an element of slot 3, `l3` is its loop. Loops hold the calls of a chain in their own body: `x3`
 * is what slot 3 takes there, `r3` its result. Parsing is most of what compiling costs, so the text has
 * only what elements pass one by one: what runs once per asynchronous answer is left to closures, and so
 * is a whole chain, `e[3]`, while some step holds elements back: to ask each step costs more than to call it.
 *
 * An element that a function makes and that nothing in its loop is given whole is not made at all: V8 keeps what is in it
 * in registers. So what runs for most elements takes of them only what it needs.
 */
export function sourceText(shapes: readonly NodeShape[]): string {
  const slots = shapes.map((_, slot) => slot);
  const own = reachedByCalls(shapes);
  return [
    '"use strict";',
    ...shapes.map(
      ({ template }, i) => `const o${int(i)}=o[${int(i)}]${functionText(template, i)};`,
    ),
    ...[...own].map((slot) => nodeText(shapes[slot]!, slot)),
    ...shapes.map((shape, slot) => loopText(shape, slot, shapes)),
    'return {',
    `nodes: [${slots.map((i) => (own.has(i) ? `n${int(i)}` : 'undefined')).join()}],`,
    `loops: [${shapes.map((shape, i) => (hasLoop(shape) ? `l${int(i)}` : 'undefined')).join()}]`,
    '};',
  ].join('\n');
}

/** The one way a number gets into the text. */
function int(n: number): string {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError('a slot is a natural number');
  return n.toString(10);
}

function functionText(template: Template, slot: number): string {
  return CALL_TEMPLATES.has(template) ? `,f${int(slot)}=o${int(slot)}.fn` : '';
}

function hasLoop({ template }: NodeShape): boolean {
  return template === 'source' || template === 'sequence';
}

/** The slots that take elements by a call: all that some producer does not hold in the body of a loop. */
function reachedByCalls(shapes: readonly NodeShape[]): ReadonlySet<number> {
  /** By consumer, the producer behind which its call stands. */
  const inBody = new Map<number, number>();
  for (const [slot, shape] of shapes.entries()) {
    if (!hasLoop(shape)) continue;
    let last = slot;
    for (let room = INLINED; room > 0; room--) {
      const next = inlinedAfter(shapes[last]!, shapes, room);
      if (next === undefined) break;
      inBody.set(next, last);
      last = next;
    }
  }
  const reached = new Set<number>();
  for (const [slot, { targets }] of shapes.entries()) {
    for (const target of targets.flat()) if (inBody.get(target) !== slot) reached.add(target);
  }
  return reached;
}

function nodeText(shape: NodeShape, slot: number): string {
  const i = int(slot);
  const emit: EmitText = (output, value) =>
    (shape.targets[output] ?? []).map((t) => `n${int(t)}(${value});`).join('');
  if (CALL_TEMPLATES.has(shape.template)) return callText(shape, i, emit);
  switch (shape.template) {
    case 'window-into':
    case 'window-by-value':
      return `function n${i}(x){const w=s.windows;
if(w.length!==1){o${i}.explode(x,n${i});return}
s.windows=s.timestamp>=o${i}.from&&s.timestamp<o${i}.until?o${i}.windows:o${i}.assign(${shape.template === 'window-into' ? '' : 'x'});
if(s.windows.length!==0){${emit(0, 'x')}}
s.windows=w}`;
    case 'precombine':
      return `function n${i}(x){o${i}.add(x[0],x[1])}`;
    case 'source':
    case 'pass':
      return `function n${i}(x){${emit(0, 'x')}}`;
    default:
      return `function n${i}(x){o${i}.process(x)}`;
  }
}

function loopText(shape: NodeShape, slot: number, shapes: readonly NodeShape[]): string {
  const i = int(slot);
  switch (shape.template) {
    case 'source':
      return `function l${i}(budget){const reader=o${i}.reader;
while(reader.next()){
s.timestamp=reader.timestamp;s.windows=reader.windows;s.pane=reader.pane;
const x=o${i}.decode();
${bodyText(shape, shapes)}
if(--budget===0||s.blocked!==0)return false}
return true}`;
    case 'sequence':
      return `function l${i}(from,to){
while(from<to){const x=from;if(s.queueing!==0&&s.blocked!==0)break;${bodyText(shape, shapes)}from++}
return from}`;
    default:
      return '';
  }
}

/** Calls in the body of a loop, which V8 optimizes as one function; longer chains go on with a call. */
const INLINED = 16;
const INLINABLE: ReadonlySet<Template> = new Set<Template>([
  'map',
  'filter',
  'map-values',
  'key-by',
  'with-timestamps',
]);

/** The consumer whose call stands in the body of the loop behind `shape`, if any. */
function inlinedAfter(
  shape: NodeShape,
  shapes: readonly NodeShape[],
  room: number,
): number | undefined {
  const targets = shape.targets[0] ?? [];
  const next = targets.length === 1 ? shapes[targets[0]!] : undefined;
  if (next === undefined || room === 0 || !INLINABLE.has(next.template)) return undefined;
  return next.explodes || next.sides ? undefined : targets[0];
}

/** What a loop does with its element `x`. */
function bodyText(shape: NodeShape, shapes: readonly NodeShape[]): string {
  const first = inlinedAfter(shape, shapes, INLINED);
  const chain = chainText(shape, 'x', shapes, INLINED);
  if (first === undefined) return chain;
  return `if(s.queueing!==0)e[${int(first)}](x);else ${chain}`;
}

/** Gives `value`, a name in the text, to the consumers of `shape`. */
function chainText(
  shape: NodeShape,
  value: string,
  shapes: readonly NodeShape[],
  room: number,
): string {
  const slot = inlinedAfter(shape, shapes, room);
  if (slot === undefined) {
    return (shape.targets[0] ?? []).map((t) => `n${int(t)}(${value});`).join('');
  }
  const next = shapes[slot]!;
  const i = int(slot);
  const x = `x${i}`;
  const r = `r${i}`;
  const rest = (given: string): string => chainText(next, given, shapes, room - 1);
  return `b${i}:{const ${x}=${value};let ${r};
try{${r}=${invocation(next, i, x)}}catch(e){o${i}.rejected(e,${x});break b${i}}
if(typeof ${r}==='object'&&${r}!==null&&typeof ${r}.then==='function'){o${i}.later(${r},${x});break b${i}}
${inlineDoneText(next.template, i, rest)}}`;
}

function inlineDoneText(template: Template, i: string, rest: (given: string) => string): string {
  switch (template) {
    case 'filter':
      return `if (r${i}) { ${rest(`x${i}`)} }`;
    case 'map-values':
      return `const y${i} = [x${i}[0], r${i}]; ${rest(`y${i}`)}`;
    case 'key-by':
      return `const y${i} = [r${i}, x${i}]; ${rest(`y${i}`)}`;
    case 'with-timestamps':
      return `const t${i}=s.timestamp;s.timestamp=o${i}.timeOf(r${i},x${i});${rest(`x${i}`)}s.timestamp=t${i};`;
    default:
      return rest(`r${i}`);
  }
}

type EmitText = (output: number, value: 'x' | 'y' | 'r') => string;

function callText(shape: NodeShape, i: string, emit: EmitText): string {
  const explode = shape.explodes ? `if(s.windows.length!==1){o${i}.explode(x,n${i});return}\n` : '';
  const sides = shape.sides ? `const v=o${i}.sidesOf(x);if(v===undefined)return;\n` : '';
  return `function n${i}(x){${explode}if(o${i}.busy){o${i}.hold(x);return}
${sides}let r;
try{r=${invocation(shape, i)}}catch(e){o${i}.rejected(e,x);return}
if(typeof r==='object'&&r!==null&&typeof r.then==='function'){o${i}.later(r,x);return}
${doneText(shape.template, i, emit)}}`;
}

function invocation({ template, sides }: NodeShape, i: string, x = 'x'): string {
  const rest = sides && template !== 'do-fn' ? 'v, ' : '';
  switch (template) {
    case 'map-values':
      return `f${i}(${x}[1], ${x}[0], ${rest}o${i}.context)`;
    case 'do-fn':
      return `f${i}.element(${x}, o${i}.context)`;
    case 'split':
      return `f${i}(${x}, ${rest}o${i}.out, o${i}.context)`;
    case 'partition':
      return `f${i}(${x}, ${rest}o${i}.parts)`;
    default:
      return `f${i}(${x}, ${rest}o${i}.context)`;
  }
}

function doneText(template: Template, i: string, emit: EmitText): string {
  switch (template) {
    case 'map':
      return emit(0, 'r');
    case 'filter':
      return `if (r) { ${emit(0, 'x')} }`;
    case 'map-values':
      return `const y = [x[0], r]; ${emit(0, 'y')}`;
    case 'key-by':
      return `const y = [r, x]; ${emit(0, 'y')}`;
    case 'partition':
      return `o${i}.route(r, x);`;
    case 'with-timestamps':
      return `const t=s.timestamp;s.timestamp=o${i}.timeOf(r,x);${emit(0, 'x')}s.timestamp=t;`;
    case 'split':
      return `o${i}.spread(r, x);`;
    default:
      return `if (Array.isArray(r)) {
    for (let k = 0; k < r.length; k++) {
      const y = r[k];
      if (typeof y === 'object' && y !== null && y[STAMPED] === true) o${i}.stamped(y);
      else { ${emit(0, 'y')} }
    }
  } else if (r !== undefined) o${i}.spread(r, x);`;
  }
}
