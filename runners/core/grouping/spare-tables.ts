import { GroupBuffer } from './group-buffer.js';
import { GroupTable } from './group-table.js';

/** One has about a kilobyte. */
const MOST_SPARE = 2048;
const spare: GroupTable[] = [];

/** Of windows that have no groups any more, or never had any: nothing is put there. */
export const NO_GROUPS: GroupTable = new GroupTable(new GroupBuffer());

/**
 * A table without groups, with a buffer of its own. Windows of few keys may come and go by the thousand in a second:
 * what one leaves behind serves the next, since making it anew costs more than filling it.
 */
export function takeTable(): GroupTable {
  return spare.pop() ?? new GroupTable(new GroupBuffer());
}

/** Gives back a table, and its buffer, that nobody looks at any more. Large ones are left to the collector. */
export function giveTable(table: GroupTable): void {
  if (table !== NO_GROUPS && spare.length < MOST_SPARE && table.restart()) spare.push(table);
}
