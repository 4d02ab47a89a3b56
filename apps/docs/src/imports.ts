import ts from "typescript";

/** The names that each entry of a package exports, by what it is imported as. */
export type Exports = ReadonlyMap<string, ReadonlySet<string>>;

/** Columns of a line of an example: what a page shows without scrolling. */
export const WIDTH = 72;

/** What a package exports as it runs: values only. */
export function exportsOfPackages(packages: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Exports {
  return new Map(Object.entries(packages).map(([entry, exports]) => [entry, new Set(Object.keys(exports))]));
}

/**
 * The lines that import what an example uses and does not declare, at most {@link WIDTH} columns wide.
 *
 * A name comes from the example's own package where that exports it, else from the package that has it; the umbrella, which only hands on, and entries for
 * our own packages come last.
 *
 * @param own name of the package that the example belongs to
 */
export function importsFor(code: string, exports: Exports, own: string | undefined): string[] {
  const rank = (entry: string): number =>
    own !== undefined && entry === own ? 0 : own !== undefined && entry.startsWith(`${own}/`) ? 1 : entry === "mixtura" ? 3 : 2;
  const isInternal = (entry: string): boolean => /\/internal(?:\/|$)/.test(entry);
  const order = [...exports.keys()].toSorted((a, b) => Number(isInternal(a)) - Number(isInternal(b)) || rank(a) - rank(b));
  const byEntry = new Map<string, string[]>();
  for (const name of freeNames(code)) {
    const entry = order.find((candidate) => exports.get(candidate)!.has(name));
    if (entry !== undefined) byEntry.set(entry, [...(byEntry.get(entry) ?? []), name]);
  }
  return [...byEntry]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .flatMap(([entry, names]) =>
      importOf(
        names.toSorted((a, b) => a.localeCompare(b)),
        entry,
      ),
    );
}

function importOf(names: readonly string[], entry: string): string[] {
  const line = `import { ${names.join(", ")} } from ${JSON.stringify(entry)};`;
  return line.length <= WIDTH ? [line] : ["import {", ...names.map((name) => `  ${name},`), `} from ${JSON.stringify(entry)};`];
}

/** Names that code uses and declares nowhere, in order; those of the language and its surroundings are among them. */
function freeNames(code: string): string[] {
  const source = ts.createSourceFile("block.ts", code, ts.ScriptTarget.ESNext, true);
  const declared = new Set<string>();
  const used = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      if (isDeclared(node)) declared.add(node.text);
      else if (!isOfAnother(node)) used.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...used].filter((name) => !declared.has(name));
}

function isDeclared(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isVariableDeclaration(parent) ||
      ts.isBindingElement(parent) ||
      ts.isParameter(parent) ||
      ts.isFunctionLike(parent) ||
      ts.isClassLike(parent) ||
      ts.isImportSpecifier(parent) ||
      ts.isImportClause(parent) ||
      ts.isNamespaceImport(parent) ||
      ts.isInterfaceDeclaration(parent) ||
      ts.isTypeAliasDeclaration(parent) ||
      ts.isTypeParameterDeclaration(parent)) &&
    parent.name === node &&
    !ts.isMethodDeclaration(parent) &&
    !ts.isMethodSignature(parent) &&
    !ts.isAccessor(parent)
  );
}

/** A name that only means something in what stands before it: a property, a field, a name that a package exports. */
function isOfAnother(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isQualifiedName(parent) && parent.right === node) ||
    (ts.isBindingElement(parent) && parent.propertyName === node) ||
    (ts.isImportSpecifier(parent) && parent.propertyName === node) ||
    ((ts.isPropertyAssignment(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isPropertyDeclaration(parent) ||
      ts.isMethodDeclaration(parent) ||
      ts.isMethodSignature(parent) ||
      ts.isAccessor(parent)) &&
      parent.name === node)
  );
}
