import ts from "typescript";

/** Names that the instrumented code calls; no example can have written them by chance. */
export const CHECK = "__check";
export const LOAD = "__load";
export const GIVEN = "__given";

/** What a comment at the end of a line claims about the statement that ends there. */
interface Claim {
  /** "=>" for the same value, "≈" for a near number, "throws" for an error with a code. */
  readonly kind: "=>" | "≈" | "throws";
  /** An expression, or the code of an error. */
  readonly answer: string;
  /** Position of the comment. */
  readonly start: number;
  used: boolean;
}

/**
 * An example as the body of an asynchronous function: types are gone, imports are calls of {@link LOAD}, each claim has become a call of
 * {@link CHECK}, and what an expression without a claim gives is handed to {@link GIVEN}.
 *
 * A claim belongs to the statement that ends on its line: an expression, or a `const` that names one value.
 *
 * @throws Error for code that does not parse, and for a claim that no statement answers
 */
export function instrument(code: string): string {
  const source = ts.createSourceFile("example.ts", code, ts.ScriptTarget.ESNext, true);
  const claims = claimsOf(source);
  const parts = source.statements.map((statement) => rewritten(statement, source, claims));
  const idle = claims.find(({ used }) => !used);
  if (idle !== undefined) {
    const { line } = source.getLineAndCharacterOfPosition(idle.start);
    throw new Error(`line ${line + 1}: "// ${idle.kind} ${idle.answer}" follows no expression and no const with one name.`);
  }
  const { outputText, diagnostics = [] } = ts.transpileModule(parts.join("\n"), {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  // "await" and "return" at the top of a file are right in the function that this becomes.
  const [first] = diagnostics;
  if (first !== undefined) throw new Error(ts.flattenDiagnosticMessageText(first.messageText, "\n"));
  return outputText.replace(/^export \{\};\s*$/m, "");
}

function claimsOf(source: ts.SourceFile): Claim[] {
  const claims: Claim[] = [];
  const seen = new Set<number>();
  const take = (range: ts.CommentRange): void => {
    if (seen.has(range.pos) || range.kind !== ts.SyntaxKind.SingleLineCommentTrivia) return;
    seen.add(range.pos);
    const match = /^\/\/ (=>|≈|throws) (.+)$/.exec(source.text.slice(range.pos, range.end).trimEnd());
    if (match !== null) claims.push({ kind: match[1] as Claim["kind"], answer: match[2]!, start: range.pos, used: false });
  };
  // Comments are found between tokens of the tree, so that one inside a text or a template is none.
  const visit = (node: ts.Node): void => {
    for (const range of ts.getLeadingCommentRanges(source.text, node.getFullStart()) ?? []) take(range);
    for (const range of ts.getTrailingCommentRanges(source.text, node.getEnd()) ?? []) take(range);
    node.getChildren(source).forEach(visit);
  };
  visit(source);
  return claims;
}

function rewritten(statement: ts.Statement, source: ts.SourceFile, claims: readonly Claim[]): string {
  const written = statement.getText(source);
  if (ts.isImportDeclaration(statement)) return loading(statement);
  const claim = claimOf(statement, source, claims);
  if (claim === undefined) return ts.isExpressionStatement(statement) ? `${GIVEN}((${statement.expression.getText(source)}));` : written;
  const { line } = source.getLineAndCharacterOfPosition(claim.start);
  const check = (expression: string): string => {
    const answer = claim.kind === "throws" ? JSON.stringify(claim.answer) : `(${claim.answer})`;
    // Wrapped in a list, a promise stays a promise: an example without its await is wrong.
    return `await ${CHECK}(${line + 1}, ${JSON.stringify(claim.kind)}, async () => [(${expression})], () => ${answer});`;
  };
  if (ts.isExpressionStatement(statement)) {
    claim.used = true;
    return check(statement.expression.getText(source));
  }
  const name = ts.isVariableStatement(statement) ? nameOf(statement) : undefined;
  if (name === undefined || claim.kind === "throws") return written;
  claim.used = true;
  return `${written};\n${check(name)}`;
}

/** The claim in the comment behind a statement, on the line where it ends. */
function claimOf(statement: ts.Statement, source: ts.SourceFile, claims: readonly Claim[]): Claim | undefined {
  const line = (position: number): number => source.getLineAndCharacterOfPosition(position).line;
  const end = statement.getEnd();
  return claims.find(({ start }) => start >= end && line(start) === line(end));
}

function nameOf({ declarationList }: ts.VariableStatement): string | undefined {
  const [only, ...more] = declarationList.declarations;
  return only !== undefined && more.length === 0 && ts.isIdentifier(only.name) ? only.name.text : undefined;
}

/** `import { a, b as c } from "x"` as `const { a: a, b: c } = await load("x", ["a", "b"])`. */
function loading({ importClause, moduleSpecifier }: ts.ImportDeclaration): string {
  const from = moduleSpecifier.getText();
  if (importClause === undefined) return `await ${LOAD}(${from}, []);`;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return "";
  const bindings = importClause.namedBindings;
  if (importClause.name !== undefined || bindings === undefined)
    throw new Error(`import from ${from}: packages of ours have no default export.`);
  if (ts.isNamespaceImport(bindings)) return `const ${bindings.name.text} = await ${LOAD}(${from}, []);`;
  const pairs = bindings.elements
    .filter(({ isTypeOnly }) => !isTypeOnly)
    .map(({ propertyName, name }) => ({ exported: (propertyName ?? name).text, local: name.text }));
  const fields = pairs.map(({ exported, local }) => `${exported}: ${local}`).join(", ");
  return `const { ${fields} } = await ${LOAD}(${from}, ${JSON.stringify(pairs.map(({ exported }) => exported))});`;
}
