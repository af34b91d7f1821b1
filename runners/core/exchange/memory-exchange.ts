import { TIMESTAMP_MAX, type EventTime, type ProcessingTime } from '#portability/model/time.js';
import { hashBytes, type Frame } from '#portability/wire/frames.js';
import { indexOf } from '../input/frame-scan.js';
import type { Edge, Plan } from '../plan/plan.js';
import type { Segment } from '../plan/segment.js';
import type { Arrival, Exchange, TaskId } from './exchange.js';
import { partitionFrame } from './partition-frame.js';

const NO_KEY = hashBytes(new Uint8Array(0), 0, 0) >>> 0;

/** The tasks of a plan whose segments run in so many partitions each, upstream first. */
export function tasksOf(
  { segments }: Pick<Plan, 'segments'>,
  partitions: number,
): readonly TaskId[] {
  return segments.flatMap((segment) =>
    Array.from({ length: partitionsOf(segment, partitions) }, (_, partition) => ({
      segment: segment.id,
      partition,
    })),
  );
}

function partitionsOf({ tasks }: Segment, partitions: number): number {
  return tasks === 'one' ? 1 : partitions;
}

/** What one producer may have under way on one edge, in bytes. */
const EDGE_BYTES = 16 * 1024 * 1024;

/** What has come for a task, and whose credit it takes. */
interface Queued {
  readonly arrival: Arrival;
  readonly credit?: { readonly of: string; readonly bytes: number };
}

/**
 * Tasks of one process, each with a queue of what has come for it. Takes no turn of its own: what is sent
 * has arrived.
 */
export class MemoryExchange implements Exchange {
  readonly #plan: Plan;
  readonly #partitions: number;
  readonly #edgeBytes: number;
  readonly #queues = new Map<string, Queued[]>();
  /** Per producer and edge, bytes that nobody took yet (X4). */
  readonly #underWay = new Map<string, number>();
  /** Per producer and edge, where the next element goes that may go anywhere. */
  readonly #turns = new Map<string, number>();

  /** `edgeBytes`: what one producer may have under way on one edge. Default 16 MiB. */
  constructor(plan: Plan, partitions: number, edgeBytes: number = EDGE_BYTES) {
    this.#edgeBytes = edgeBytes;
    this.#plan = plan;
    this.#partitions = partitions;
    for (const task of tasksOf(plan, partitions)) this.#queues.set(keyOf(task), []);
  }

  send(from: TaskId, edge: Edge, frames: readonly Frame[]): void {
    for (const target of this.#targets(edge)) {
      const parts = this.#partsFor(from, edge, frames, this.#partitionsOf(target));
      for (const [partition, part] of parts.entries()) {
        if (part.length === 0) continue;
        const arrival = { kind: 'frames', edge: edge.id, frames: part } as const;
        this.#put(
          { segment: target.id, partition },
          { arrival, credit: this.#lend(from, edge, part) },
        );
      }
    }
  }

  advance(from: TaskId, edge: Edge, time: EventTime, pendingOnClock?: ProcessingTime): void {
    const source = this.#plan.segments.find(({ id }) => id === from.segment)!;
    const said = {
      edge: edge.id,
      producer: from.partition,
      producers: this.#partitionsOf(source),
    };
    const arrival: Arrival =
      time === TIMESTAMP_MAX
        ? { kind: 'end', ...said }
        : {
            kind: 'watermark',
            time,
            ...said,
            ...(pendingOnClock === undefined ? {} : { pendingOnClock }),
          };
    for (const target of this.#targets(edge)) {
      for (let partition = 0; partition < this.#partitionsOf(target); partition++) {
        this.#put({ segment: target.id, partition }, { arrival });
      }
    }
  }

  take(to: TaskId): readonly Arrival[] {
    return this.#queues
      .get(keyOf(to))!
      .splice(0)
      .map(({ arrival, credit }) => {
        if (credit !== undefined)
          this.#underWay.set(credit.of, this.#bytesOf(credit.of) - credit.bytes);
        return arrival;
      });
  }

  isFull(from: TaskId, edge: Edge): boolean {
    return this.#bytesOf(edgeKeyOf(from, edge)) >= this.#edgeBytes;
  }

  #lend(from: TaskId, edge: Edge, frames: readonly Frame[]): Queued['credit'] & object {
    const of = edgeKeyOf(from, edge);
    const bytes = frames.reduce((sum, frame) => sum + frame.bytes.length, 0);
    this.#underWay.set(of, this.#bytesOf(of) + bytes);
    return { of, bytes };
  }

  #bytesOf(edgeOfTask: string): number {
    return this.#underWay.get(edgeOfTask) ?? 0;
  }

  #put(to: TaskId, queued: Queued): void {
    this.#queues.get(keyOf(to))!.push(queued);
  }

  /** A view is in several segments. */
  #targets({ to }: Edge): readonly Segment[] {
    return this.#plan.segments.filter(({ stages }) => stages.includes(to));
  }

  #partitionsOf(segment: Segment): number {
    return partitionsOf(segment, this.#partitions);
  }

  /** What each partition gets. */
  #partsFor(
    from: TaskId,
    edge: Edge,
    frames: readonly Frame[],
    partitions: number,
  ): readonly (readonly Frame[])[] {
    const parts: Frame[][] = Array.from({ length: partitions }, () => []);
    switch (edge.mode) {
      case 'broadcast':
        return parts.map(() => frames);
      case 'local':
      case 'forward':
        parts[from.partition % partitions]!.push(...frames);
        return parts;
      case 'shuffle':
      case 'round-robin':
        for (const frame of frames) {
          const index = indexOf(frame, edge);
          const route =
            edge.mode === 'shuffle'
              ? byKey(edge, index, partitions)
              : this.#inTurn(from, edge, partitions);
          partitionFrame(frame, index, partitions, route).forEach((part, partition) => {
            if (part !== undefined) parts[partition]!.push(part);
          });
        }
        return parts;
    }
  }

  #inTurn(from: TaskId, edge: Edge, partitions: number): (at: number) => number {
    const key = edgeKeyOf(from, edge);
    return () => {
      const turn = this.#turns.get(key) ?? from.partition;
      this.#turns.set(key, turn + 1);
      return turn % partitions;
    };
  }
}

/**
 * X3. Elements without a key all go to one task: that of the hash of no bytes. Those of a side input have no
 * key for their grouping, though their frame may know the key that a pair has.
 */
function byKey({ keyCoder }: Edge, index: Int32Array, partitions: number): (at: number) => number {
  if (keyCoder === undefined) return () => NO_KEY % partitions;
  // The hash is signed; the remainder of a negative number would be none of the partitions.
  return (at) => (index[at + 3]! >>> 0) % partitions;
}

function keyOf({ segment, partition }: TaskId): string {
  return `${String(partition)} ${segment}`;
}

function edgeKeyOf(from: TaskId, { id }: Edge): string {
  return `${keyOf(from)} ${id}`;
}
