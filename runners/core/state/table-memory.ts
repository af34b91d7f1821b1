/**
 * Memory of a table that grows with the keys of a stage. Nothing shares it: memory that could be shared is not
 * counted by V8's collector, which otherwise marks the whole heap again each time the tables have grown by some
 * megabytes, although they hold nothing that it could follow.
 *
 * For what lives long: nothing hurries to give it back.
 */
export function tableMemory(bytes: number): SharedArrayBuffer {
  return new SharedArrayBuffer(bytes);
}
