import { StrahlError } from '#portability/errors.js';
import type { PCollectionId } from '#portability/model/ids.js';
import type { Step } from './step.js';

/**
 * The steps so that each comes after all that produce what it reads. Steps that are in order already,
 * as those of a well-formed graph are, stay as they are.
 *
 * @throws STRAHL-1003 if a collection has two producers or none, or if steps feed each other;
 *   STRAHL-1305 if a step's side input depends on the step itself.
 */
export function inOrder(steps: readonly Step[]): readonly Step[] {
  const producers = producersOf(steps);
  if (isInOrder(steps, producers)) return steps;
  const waitingFor = new Map<Step, number>();
  const readers = new Map<Step, Step[]>();
  for (const step of steps) {
    const needed = new Set(inputsOf(step).map((input) => producers.get(input)!));
    waitingFor.set(step, needed.size);
    for (const producer of needed) {
      const list = readers.get(producer);
      if (list === undefined) readers.set(producer, [step]);
      else list.push(step);
    }
  }
  const ordered = steps.filter((step) => waitingFor.get(step) === 0);
  for (const step of ordered) {
    for (const reader of readers.get(step) ?? []) {
      const left = waitingFor.get(reader)! - 1;
      waitingFor.set(reader, left);
      if (left === 0) ordered.push(reader);
    }
  }
  if (ordered.length < steps.length) throw cycleError(steps, new Set(ordered), producers);
  return ordered;
}

type Producers = ReadonlyMap<PCollectionId, Step>;

function inputsOf(step: Step): readonly PCollectionId[] {
  const { mains, sides } = step;
  return sides.length === 0 ? mains : [...mains, ...sides.map((side) => side.pcollection)];
}

function producersOf(steps: readonly Step[]): Producers {
  const producers = new Map<PCollectionId, Step>();
  for (const step of steps) {
    for (const output of step.outputs) {
      const other = producers.get(output);
      if (other !== undefined) {
        throw new StrahlError('brokenGraph', {
          title: `collection "${output}" is produced twice: by "${other.origin.name}" and by "${step.origin.name}"`,
          step: step.origin.name,
        });
      }
      producers.set(output, step);
    }
  }
  return producers;
}

function producerOf(input: PCollectionId, reader: Step, producers: Producers): Step {
  const producer = producers.get(input);
  if (producer !== undefined) return producer;
  throw new StrahlError('brokenGraph', {
    title: `collection "${input}" is read by "${reader.origin.name}" but nothing produces it`,
    step: reader.origin.name,
  });
}

/** Also finds what nobody produces. */
function isInOrder(steps: readonly Step[], producers: Producers): boolean {
  const seen = new Set<Step>();
  let ordered = true;
  for (const step of steps) {
    for (const input of inputsOf(step)) {
      if (!seen.has(producerOf(input, step, producers))) ordered = false;
    }
    seen.add(step);
  }
  return ordered;
}

/** Walks back from any step that never became ready; the walk must come to a step twice. */
function cycleError(
  steps: readonly Step[],
  ordered: ReadonlySet<Step>,
  producers: Producers,
): StrahlError {
  /** The steps of the walk, each with the input by which it was left. */
  const walk = new Map<Step, PCollectionId>();
  let step = steps.find((candidate) => !ordered.has(candidate))!;
  while (!walk.has(step)) {
    const input = inputsOf(step).find((id) => !ordered.has(producers.get(id)!))!;
    walk.set(step, input);
    step = producers.get(input)!;
  }
  const visited = [...walk.keys()];
  const cycle = visited.slice(visited.indexOf(step)).reverse();
  const reader = cycle.find((member) => !member.mains.includes(walk.get(member)!));
  const { name, site } = (reader ?? step).origin;
  const names = [cycle.at(-1)!, ...cycle].map(({ origin }) => origin.name);
  return new StrahlError(reader === undefined ? 'brokenGraph' : 'sideInputNeverReady', {
    title:
      reader === undefined
        ? 'steps feed each other'
        : `a side input of "${name}" depends on "${name}" itself, so it can never be ready`,
    step: name,
    ...(site === undefined ? {} : { site }),
    why: `cycle: ${names.join(' → ')}`,
  });
}
