// What a bug here looks like: one process takes the files away that another one still has to join.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { TempFolder } from '../temp-folder.fixture.js';
import { TempSpace } from './temp-space.js';

const folder = new TempFolder();
afterAll(() => {
  folder.remove();
});

/** One process's view of the temporary files of a job. */
function spaceOf(target: string, name: string): TempSpace {
  const space = new TempSpace(target, { name, isShared: true });
  space.enter();
  return space;
}

function part(space: TempSpace): string {
  const file = space.newFile();
  writeFileSync(file, 'a part');
  return file;
}

describe('temporary files of several processes', () => {
  it('stay when the process that wrote them ends, until the one that joins them is done', () => {
    const target = folder.of('one/out.txt');
    const writer = spaceOf(target, 'job');
    const joining = spaceOf(target, 'job');
    const written = part(writer);
    writer.leave(false);
    expect(existsSync(written)).toBe(true);
    joining.use(written);
    joining.leaveEmpty();
    expect(readdirSync(folder.of('one'))).toEqual([]);
  });

  it('are left alone by a process that ends while others need some', () => {
    const target = folder.of('two/out.txt');
    const mine = spaceOf(target, 'job');
    const theirs = part(spaceOf(target, 'job'));
    mine.use(part(mine));
    mine.leaveEmpty();
    mine.leave(false);
    expect(existsSync(theirs)).toBe(true);
  });

  it('go all at once when the only file of a sink is in its place', () => {
    const target = folder.of('three/out.txt');
    const lost = part(spaceOf(target, 'job'));
    const joining = spaceOf(target, 'job');
    joining.finish();
    expect(existsSync(lost)).toBe(false);
    expect(readdirSync(folder.of('three'))).toEqual([]);
  });

  it('are those of one job and one sink', () => {
    const directories = [
      ['a', 'job 1'],
      ['a', 'job 2'],
      ['b', 'job 1'],
    ].map(([name, job]) => part(spaceOf(folder.of(`four/${name!}`), job!)).replace(/[^/]*$/, ''));
    expect(new Set(directories).size).toBe(3);
  });

  it('outlive the signal that ends one of the processes', () => {
    const controller = new AbortController();
    const space = spaceOf(folder.of('five/out.txt'), 'job');
    space.watch(controller.signal);
    const file = part(space);
    controller.abort();
    expect(existsSync(file)).toBe(true);
  });
});
