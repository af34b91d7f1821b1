const KEPT: object[] = [];

/**
 * Keeps what V8 knows of the objects of a class, by keeping one of them.
 *
 * V8 forgets the shape of a class when its last object is gone, and throws away with it all machine code that counts on
 * that shape. A process that runs one pipeline after the other, or whose windows come and go, would compile the same
 * code again and again. To be called for classes of which an element or a pane touches an object; the one that is kept
 * should hold next to nothing.
 *
 * @internal
 */
export function keepShape(example: object): void {
  KEPT.push(example);
}
