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
  const tsx = tsxSeenFrom(path);
  if (tsx === undefined)
    throw notStripped(file, 'the package tsx, which strips the types, is not installed');
  try {
    // As `node --import tsx`: for modules and for CommonJS, which a file is to Node, whatever its syntax, if its package
    // does not say `"type": "module"`. The build of `tsx/esm/api` that `require` finds does not find its own hooks.
    await import(pathToFileURL(tsx).href);
    enabled = true;
  } catch (error) {
    throw notStripped(file, `tsx, which strips the types, failed: ${reasonOf(error)}`, error);
  }
}

function notStripped(file: string, why: string, cause?: unknown): StrahlError {
  return new StrahlError('noPipelineInFile', {
    title: `${file} is TypeScript, which Node ${process.versions.node} does not run by itself`,
    why,
    fix: 'npm install --save-dev tsx, or use Node 22.18 or newer',
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The user's own tsx comes first, then one that lies beside this package. */
function tsxSeenFrom(path: string): string | undefined {
  for (const from of [path, import.meta.url]) {
    try {
      return createRequire(from).resolve('tsx');
    } catch {
      // Not there.
    }
  }
  return undefined;
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
