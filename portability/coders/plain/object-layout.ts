import { ByteWriter } from '../../wire/writer.js';
import { viewOf } from '../../wire/native-buffer.js';

/** Nodes of the tree: a process has some hundred kinds of objects, unless names are data. */
const MOST_NODES = 4096;
const LONGEST_NAME = 256;

/** The names of an object's fields as bytes, with their length in front. */
export class ObjectLayout {
  readonly view: DataView;

  constructor(names: readonly string[]) {
    const out = new ByteWriter();
    writeNames(names, out);
    this.view = viewOf(out.toBytes());
  }
}

/** The length of all names in bytes, then each with its own. */
export function writeNames(names: readonly string[], out: ByteWriter): void {
  const at = out.pos;
  out.byte(0);
  for (const name of names) out.string(name);
  out.insertLength(at);
}

/** What follows some first names. Most have one follower, which is found without a Map. */
class LayoutNode {
  name: string | undefined;
  next: LayoutNode | undefined;
  others: Map<string, LayoutNode> | undefined;
  layout: ObjectLayout | undefined;
}

/**
 * Layouts by the names of fields in their order, as a tree of names: to go along the names of an object is cheaper
 * than to write them, and than to ask for a list of them.
 */
export class ObjectLayouts {
  readonly #root = new LayoutNode();
  #nodes = 1;

  /** That of a plain object; `undefined` where it is not worth to be kept. */
  of(object: object): ObjectLayout | undefined {
    let node: LayoutNode | undefined = this.#root;
    let last = '';
    // Names of a prototype, should somebody have given it such, come after the object's own.

    for (const name in object) {
      node = node.name === name ? node.next! : this.#follow(node, name);
      if (node === undefined) return undefined;
      last = name;
    }
    if (node.layout !== undefined) return Object.hasOwn(object, last) ? node.layout : undefined;
    const names = Object.keys(object);
    if (names.at(-1) !== (node === this.#root ? undefined : last)) return undefined;
    node.layout = new ObjectLayout(names);
    return node.layout;
  }

  #follow(node: LayoutNode, name: string): LayoutNode | undefined {
    const known = node.others?.get(name);
    if (known !== undefined) return known;
    if (this.#nodes === MOST_NODES || name.length > LONGEST_NAME) return undefined;
    this.#nodes++;
    const next = new LayoutNode();
    if (node.name === undefined) {
      node.name = name;
      node.next = next;
    } else {
      node.others ??= new Map();
      node.others.set(name, next);
    }
    return next;
  }
}
