// What a bug here looks like: a runner that fills the memory of a slow worker, or a worker that waits for ever.
import { describe, expect, it } from '@jest/globals';
import { bundleId, transformId } from '../../model/ids.js';
import type { EventTime } from '../../model/time.js';
import type { Frame } from '../../wire/frames.js';
import { Backlog } from './backlog.js';
import { IncomingElements, type ElementStream } from './incoming-elements.js';

const MB = 1024 * 1024;
const port = {
  frame: (bytes: Uint8Array): Frame => ({ bytes, count: 1, minTimestamp: 0 as EventTime }),
};

class Inputs {
  isPaused = false;
  readonly elements = new IncomingElements(
    new Backlog(
      () => (this.isPaused = true),
      () => (this.isPaused = false),
    ),
  );

  send(bundle: string, source: string, megabytes: number, isLast = false): void {
    for (let sent = 0; sent < megabytes; sent++) {
      const data = new Uint8Array(MB);
      this.elements.receive({ instructionId: bundle, transformId: source, data, isLast });
    }
  }

  open(bundle: string, source: string): ElementStream {
    return this.elements.supply(bundleId(bundle), transformId(source), port);
  }
}

describe('elements of a worker that is behind', () => {
  it('are not read any more, until it has caught up', () => {
    const inputs = new Inputs();
    const stream = inputs.open('b', 's');
    inputs.send('b', 's', 16);
    expect(inputs.isPaused).toBe(false);
    inputs.send('b', 's', 1);
    expect(inputs.isPaused).toBe(true);
    for (let taken = 0; taken < 12; taken++) stream.next();
    expect(inputs.isPaused).toBe(true);
    stream.next();
    expect(inputs.isPaused).toBe(false);
  });

  it('B1: are read as long as their bundle has not started', () => {
    const inputs = new Inputs();
    inputs.send('b', 's', 40);
    expect(inputs.isPaused).toBe(false);
    inputs.open('b', 's');
    expect(inputs.isPaused).toBe(true);
  });

  it('B2: are read while a bundle waits for those of another source', async () => {
    const inputs = new Inputs();
    inputs.open('b', 'full');
    const hungry = inputs.open('b', 'hungry');
    inputs.send('b', 'full', 40);
    expect(inputs.isPaused).toBe(true);
    const arrival = hungry.arrival();
    expect(inputs.isPaused).toBe(false);
    inputs.send('b', 'hungry', 1);
    await arrival;
    expect(inputs.isPaused).toBe(true);
  });

  it('wake everybody who waits for them, and starve once', async () => {
    const inputs = new Inputs();
    inputs.open('b', 'full');
    const hungry = inputs.open('b', 'hungry');
    const arrivals = [hungry.arrival(), hungry.arrival()];
    inputs.send('b', 'full', 40);
    expect(inputs.isPaused).toBe(false);
    inputs.send('b', 'hungry', 1);
    await Promise.all(arrivals);
    expect(inputs.isPaused).toBe(true);
  });

  it('count no more when their bundle is over, however it ended', async () => {
    const inputs = new Inputs();
    inputs.open('b', 's');
    const arrival = inputs.open('b', 'other').arrival();
    inputs.send('b', 's', 40);
    inputs.elements.drop(bundleId('b'));
    await arrival;
    expect(inputs.isPaused).toBe(false);
    inputs.open('c', 's');
    inputs.send('c', 's', 16);
    expect(inputs.isPaused).toBe(false);
    inputs.send('c', 's', 1);
    expect(inputs.isPaused).toBe(true);
  });
});
