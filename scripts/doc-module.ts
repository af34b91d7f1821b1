import ts from 'typescript';
import type { DocBlock } from './doc-blocks.js';

/**
 * What a fragment in a document may use without declaring it: what a reader of the sentence before it knows.
 * Name → type, written in terms of `strahl`.
 */
const KNOWN: Readonly<Record<string, string>> = {
  p: "import('strahl').Root",
  words: "import('strahl').PCollection<string>",
  lines: "import('strahl').PCollection<string>",
  numbers: "import('strahl').PCollection<number>",
  scores: "import('strahl').PCollection<import('strahl').KV<string, number>>",
};

/** The module that the compiler sees for a block, and how many lines stand before the block's first. */
export interface DocModule {
  readonly text: string;
  readonly offset: number;
}

/** Turns a block into a module: names of the doors that it uses and does not import are imported. */
export function moduleOf(block: DocBlock, doors: ReadonlyMap<string, string>): DocModule {
  const free = freeNames(block.code);
  const head = ['export {};'];
  for (const name of free) {
    const door = doors.get(name);
    if (door !== undefined) head.push(`import { ${name} } from '${door}';`);
    else if (KNOWN[name] !== undefined) head.push(`declare const ${name}: ${KNOWN[name]};`);
  }
  return { text: `${head.join(' ')}\n${block.code}`, offset: 1 };
}

/** The names that a door exports, by the text of its source (`export { a, type B }`, `export *` is not followed). */
export function exportsOfDoor(text: string): string[] {
  const names: string[] = [];
  const source = parse(text);
  for (const statement of source.statements) {
    if (ts.isExportDeclaration(statement)) {
      const clause = statement.exportClause;
      if (clause !== undefined && ts.isNamedExports(clause)) {
        names.push(...clause.elements.map((element) => element.name.text));
      }
    } else {
      names.push(...declaredIn(statement));
    }
  }
  return names;
}

function parse(text: string): ts.SourceFile {
  return ts.createSourceFile('block.ts', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
}

function declaredIn(node: ts.Node): string[] {
  if (ts.isVariableStatement(node)) {
    return node.declarationList.declarations.flatMap((d) =>
      ts.isIdentifier(d.name) ? [d.name.text] : [],
    );
  }
  const name = (node as { name?: ts.Node }).name;
  return name !== undefined && ts.isIdentifier(name) ? [name.text] : [];
}

/** Identifiers read somewhere and declared nowhere in the block. Scopes are not looked at: a block is small. */
function freeNames(code: string): Set<string> {
  const used = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !isMember(node)) {
      (isDeclaration(node) ? declared : used).add(node.text);
    }
    node.forEachChild(visit);
  };
  visit(parse(code));
  return new Set([...used].filter((name) => !declared.has(name)));
}

/** `b` of `a.b`, of `{ b: 1 }` and of `{ b() {} }` names no variable. */
function isMember(node: ts.Identifier): boolean {
  const parent = node.parent;
  return (
    (ts.isPropertyAccessExpression(parent) ||
      ts.isPropertyAssignment(parent) ||
      ts.isMethodDeclaration(parent)) &&
    parent.name === node
  );
}

function isDeclaration(node: ts.Identifier): boolean {
  const parent = node.parent;
  return (
    (ts.isVariableDeclaration(parent) ||
      ts.isParameter(parent) ||
      ts.isBindingElement(parent) ||
      ts.isFunctionDeclaration(parent) ||
      ts.isClassDeclaration(parent) ||
      ts.isInterfaceDeclaration(parent) ||
      ts.isTypeAliasDeclaration(parent) ||
      ts.isTypeParameterDeclaration(parent) ||
      ts.isImportSpecifier(parent) ||
      ts.isImportClause(parent) ||
      ts.isNamespaceImport(parent)) &&
    parent.name === node
  );
}
