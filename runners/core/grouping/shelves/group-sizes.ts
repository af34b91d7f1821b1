import type { GroupStorage } from './group-storage.js';

/** Below this, keys and what is noted about groups are a large part of what they take, in bytes per group. */
const SMALL_GROUP_BYTES = 2048;

/** Number of groups. */
export function groupsIn({ buffers }: GroupStorage): number {
  let groups = 0;
  for (const { size } of buffers) groups += size;
  return groups;
}

/** Whether so many bytes are little for the groups of a storage. */
export function isLittle(bytes: number, storage: GroupStorage): boolean {
  return bytes <= SMALL_GROUP_BYTES * groupsIn(storage);
}

/** Whether groups had better leave memory together with their keys: all of their values are written then. */
export function hasSmallGroups(storage: GroupStorage): boolean {
  let bytes = 0;
  for (const buffer of storage.buffers)
    for (let id = 0; id < buffer.created; id++) bytes += buffer.bytesOf(id);
  return isLittle(bytes, storage);
}
