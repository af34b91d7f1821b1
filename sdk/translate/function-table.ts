import type { FunctionRegistry, UserFunction } from '../dofn/user-function.js';

/** Collects functions under the paths that the graph names them by. */
export class FunctionTable {
  readonly #functions = new Map<string, UserFunction>();

  add(path: string, fn: UserFunction): void {
    this.#functions.set(path, fn);
  }

  get registry(): FunctionRegistry {
    return this.#functions;
  }
}
