import { SCALARS, type EnumFacts, type FileFacts, type MessageFacts } from './facts.js';

/** The generated module that holds a message or enum, and its name there. */
export interface Home {
  /** Path of the text without `.proto`. */
  readonly module: string;
  /** Nested names are joined by `_`; the wrapper of an enum named `Enum` gives it its own name. */
  readonly name: string;
  readonly kind: 'message' | 'enum';
}

/** What of the texts becomes code, by full name. */
export class Homes {
  readonly #homes = new Map<string, Home>();

  constructor(files: readonly FileFacts[]) {
    const used = new Set(
      files.flatMap((f) => f.messages.flatMap((m) => m.fields)).map((f) => f.type),
    );
    for (const file of files) {
      const module = file.path.replace(/\.proto$/, '');
      for (const message of file.messages) {
        if (isNamespace(message, file)) continue;
        this.#homes.set(message.name, { module, name: codeName(message, file), kind: 'message' });
      }
      for (const e of file.enums) {
        // An enum that no field has is a table of URNs; urns.ts carries those.
        if (used.has(e.name)) {
          this.#homes.set(e.name, { module, name: codeName(e, file), kind: 'enum' });
        }
      }
    }
  }

  /** Undefined for a scalar and for what no code is made of. */
  find(type: string): Home | undefined {
    return SCALARS.has(type) ? undefined : this.#homes.get(type);
  }

  get(type: string): Home {
    const home = this.#homes.get(type);
    if (home === undefined) throw new Error(`no code is made of ${type}`);
    return home;
  }
}

/** A message without fields that only gives its enums a scope. */
function isNamespace(message: MessageFacts, file: FileFacts): boolean {
  const inside = `${message.name}.`;
  return message.fields.length === 0 && file.enums.some((e) => e.name.startsWith(inside));
}

function codeName(type: MessageFacts | EnumFacts, file: FileFacts): string {
  const local = type.name.slice(file.package.length + 1);
  return local.replace(/\.Enum$/, '').replaceAll('.', '_');
}

export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
