import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isStrahlError, StrahlError } from '#portability/errors.js';

/** The exports of a user's file. TypeScript runs as it is: Node strips the types from 22.18 on, tsx before. */
export async function loadModule(
  file: string,
  directory: string,
): Promise<Readonly<Record<string, unknown>>> {
  const path = resolve(directory, file);
  requireFile(path, file);
  if (/\.[cm]?tsx?$/.test(path)) await enableTypeScript(path, file);
  try {
    return (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    if (isStrahlError(error)) throw error;
    throw new StrahlError('noPipelineInFile', {
      title: `${file} cannot be loaded`,
      why: reasonOf(error),
      fix: isProgram(path)
        ? 'run again with --debug for the stack'
        : 'name a file that ends in .ts, .js or .mjs',
      cause: error,
    });
  }
}

function requireFile(path: string, file: string): void {
  const why = !existsSync(path)
    ? `there is no file ${path}`
    : statSync(path).isDirectory()
      ? `${path} is a directory`
      : undefined;
  if (why === undefined) return;
  throw new StrahlError('noPipelineInFile', {
    title: `${file} cannot be loaded`,
    why,
    fix: 'name the file whose default export is a pipeline',
  });
}

function isProgram(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path);
}

let enabled = false;

async function enableTypeScript(path: string, file: string): Promise<void> {
  // `typescript` is set where Node strips types itself; the symbol where the launcher has loaded tsx already.
  const { typescript } = process.features as { readonly typescript?: unknown };
  if (enabled || Boolean(typescript) || isTsxLoaded()) return;
  const tsx = (name: string): string => {
    try {
      // The user's own tsx comes first, then one that lies beside this package.
      return createRequire(path).resolve(name);
    } catch {
      return createRequire(import.meta.url).resolve(name);
    }
  };
  try {
    // A file of a package without `"type": "module"` is CommonJS to Node, whatever its syntax.
    const cjs = (await import(pathToFileURL(tsx('tsx/cjs/api')).href)) as { register(): void };
    const esm = (await import(pathToFileURL(tsx('tsx/esm/api')).href)) as { register(): void };
    cjs.register();
    esm.register();
    enabled = true;
  } catch (error) {
    throw new StrahlError('noPipelineInFile', {
      title: `${file} is TypeScript, which Node ${process.versions.node} does not run by itself`,
      why: 'the package tsx, which strips the types, is not installed',
      fix: 'npm install --save-dev tsx, or use Node 22.18 or newer',
      cause: error,
    });
  }
}

function isTsxLoaded(): boolean {
  return (globalThis as { [TSX_LOADED]?: true })[TSX_LOADED] === true;
}

/** Set by `strahl.js` when it runs the sources of a clone. */
const TSX_LOADED: unique symbol = Symbol.for('strahl.tsx');

function reasonOf(error: unknown): string {
  const { name, message } = error as { readonly name?: unknown; readonly message?: unknown };
  return typeof message === 'string' ? `${String(name)}: ${message}` : String(error);
}
