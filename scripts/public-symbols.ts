import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** What a door exports, and where it is declared. */
export interface PublicSymbol {
  readonly name: string;
  /** Relative to the repository. */
  readonly file: string;
  readonly line: number;
  /** `@example` tags of all its declarations together. */
  readonly examples: number;
  /** Whether its name stands in them. */
  readonly isShown: boolean;
  readonly documented: boolean;
  /** For the other parts of this package alone, though a door has it. */
  readonly isInternal: boolean;
}

/**
 * Follows the exports of a door to their declarations, by the text alone. Names in the files of a door are looked up
 * where they are imported from; `#` paths are folders of the repository.
 */
export class PublicSymbols {
  readonly #root: string;
  readonly #sources = new Map<string, ts.SourceFile>();

  constructor(root: string) {
    this.#root = root;
  }

  /**
   * Without those that come from other packages.
   *
   * @throws Error for an export that leads nowhere
   */
  ofDoor(door: string): PublicSymbol[] {
    const source = this.#source(door);
    return source.statements.flatMap((statement) => {
      if (!ts.isExportDeclaration(statement)) {
        if (!isExported(statement)) return [];
        return namesOf(statement).flatMap((name) => this.#declared(name, door) ?? []);
      }
      const { exportClause: clause, moduleSpecifier: from } = statement;
      if (clause === undefined || !ts.isNamedExports(clause)) {
        throw new Error(`${door}: export * hides what is public`);
      }
      return clause.elements.flatMap((element) => {
        const inside = (element.propertyName ?? element.name).text;
        const file =
          from === undefined ? door : this.#resolve((from as ts.StringLiteral).text, door);
        const symbol = file === undefined ? undefined : this.#declared(inside, file);
        return symbol === undefined ? [] : { ...symbol, name: element.name.text };
      });
    });
  }

  #declared(name: string, file: string): PublicSymbol | undefined {
    const source = this.#source(file);
    const own = source.statements.filter((statement) => namesOf(statement).includes(name));
    const [first] = own;
    if (first !== undefined) {
      const comments = own.flatMap((node) => ts.getJSDocCommentsAndTags(node)).filter(ts.isJSDoc);
      const found = comments.flatMap(({ tags }) => tags ?? []);
      return {
        ...{ name, file },
        line: source.getLineAndCharacterOfPosition(first.getStart()).line + 1,
        examples: countOf('example', found),
        isInternal: countOf('internal', found) > 0,
        isShown: found.some((tag) => tag.tagName.text === 'example' && names(tag, name)),
        documented: comments.some(({ comment }) => comment !== undefined),
      };
    }
    const [inside, from] = importOf(name, source) ?? [];
    if (inside === undefined || from === undefined) throw new Error(`${file}: no ${name}`);
    const home = this.#resolve(from, file);
    return home === undefined ? undefined : this.#declared(inside, home);
  }

  #resolve(specifier: string, from: string): string | undefined {
    if (!/^[.#]/.test(specifier)) return undefined;
    const path = specifier.startsWith('#') ? specifier.slice(1) : join(dirname(from), specifier);
    return path.replace(/\.js$/, '.ts');
  }

  #source(file: string): ts.SourceFile {
    let source = this.#sources.get(file);
    if (source === undefined) {
      const path = join(this.#root, file);
      if (!existsSync(path)) throw new Error(`${file}: no such file`);
      source = ts.createSourceFile(file, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
      this.#sources.set(file, source);
    }
    return source;
  }
}

function names(tag: ts.JSDocTag, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(ts.getTextOfJSDocComment(tag.comment) ?? '');
}

function countOf(name: string, tags: readonly ts.JSDocTag[]): number {
  return tags.filter(({ tagName }) => tagName.text === name).length;
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
}

/** What a statement declares. */
function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  const { name } = statement as { readonly name?: ts.Node };
  return name !== undefined && ts.isIdentifier(name) ? [name.text] : [];
}

/** The name that `name` has where it is imported or passed on from, and from where. */
function importOf(name: string, source: ts.SourceFile): readonly [string, string] | undefined {
  for (const statement of source.statements) {
    const elements = ts.isImportDeclaration(statement)
      ? statement.importClause?.namedBindings
      : ts.isExportDeclaration(statement)
        ? statement.exportClause
        : undefined;
    if (elements === undefined || !('elements' in elements)) continue;
    const element = elements.elements.find((e) => e.name.text === name);
    const { moduleSpecifier } = statement as ts.ImportDeclaration | ts.ExportDeclaration;
    if (element === undefined || moduleSpecifier === undefined) continue;
    return [
      (element.propertyName ?? element.name).text,
      (moduleSpecifier as ts.StringLiteral).text,
    ];
  }
  return undefined;
}
