import ts from "typescript";

/** Names that the instrumented code calls; no example can have written them by chance. */
export const CHECK = "__check";
export const LOAD = "__load";
export const GIVEN = "__given";

/** What a comment claims about the statement before it. */
interface Claim {
  /** "=>" for the same value, "≈" for a near number, "throws" for an error with a code. */
  readonly kind: "=>" | "≈" | "throws";
  /** An expression, or the code of an error. */
  answer: string;
  /** Position of the comment. */
  readonly start: number;
  used: boolean;
}

/**
 * An example as the body of an asynchronous function: types are gone, imports are calls of {@link LOAD}, each claim has become a call of
 * {@link CHECK}, and what an expression without a claim gives is handed to {@link GIVEN}.
 *
 * A claim belongs to the statement that it stands behind, on the same line or alone on the next one: an expression, or a `const` that names one
 * value. A long answer goes on in comments of the following lines, two columns further in.
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
  let last: { readonly claim: Claim; end: number } | undefined;
  for (const { pos, end } of commentsOf(source)) {
    const text = source.text.slice(pos, end).trimEnd();
    const match = /^\/\/ (=>|≈|throws) (.+)$/.exec(text);
    if (match !== null) {
      const claim: Claim = { kind: match[1] as Claim["kind"], answer: match[2]!, start: pos, used: false };
      claims.push(claim);
      last = { claim, end };
    } else if (last !== undefined && /^\/\/ {3,}\S/.test(text) && /^\r?\n[ \t]*$/.test(source.text.slice(last.end, pos))) {
      last.claim.answer += `\n${text.slice(2)}`;
      last.end = end;
    } else last = undefined;
  }
  return claims;
}

/** Comments are found between tokens of the tree, so that one inside a text or a template is none. */
function commentsOf(source: ts.SourceFile): ts.CommentRange[] {
  const comments = new Map<number, ts.CommentRange>();
  const visit = (node: ts.Node): void => {
    const leading = ts.getLeadingCommentRanges(source.text, node.getFullStart()) ?? [];
    const trailing = ts.getTrailingCommentRanges(source.text, node.getEnd()) ?? [];
    for (const range of [...leading, ...trailing]) if (range.kind === ts.SyntaxKind.SingleLineCommentTrivia) comments.set(range.pos, range);
    node.getChildren(source).forEach(visit);
  };
  visit(source);
  return [...comments.values()].toSorted((a, b) => a.pos - b.pos);
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

/** The claim in the comment behind a statement: on the line where it ends, or alone on the next. */
function claimOf(statement: ts.Statement, source: ts.SourceFile, claims: readonly Claim[]): Claim | undefined {
  const end = statement.getEnd();
  return claims.find(({ start }) => start >= end && /^[ \t]*(?:\r?\n[ \t]*)?$/.test(source.text.slice(end, start)));
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
