import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import ts from "typescript";

/** A program of TypeScript, taken apart. */
export interface ParsedTypeScript {
  /** The kinds of all nodes in their order, literals of data left out: programs that do the same have the same. */
  readonly shape: string;
  /** What `new` is given: the class and its argument, which is a literal. */
  readonly made: readonly { readonly type: string; readonly given: unknown }[];
  /** What the file is called, and what it is read with. */
  readonly read: readonly unknown[];
}

/** Takes a program apart; throws where it is none. */
export function parseTypeScript(text: string): ParsedTypeScript {
  const source = ts.createSourceFile("program.ts", text, ts.ScriptTarget.ES2022, true);
  // What `ts.Program` reports of syntax, without a program and its libraries.
  const [mistake] = (source as unknown as { readonly parseDiagnostics: readonly ts.Diagnostic[] }).parseDiagnostics;
  if (mistake !== undefined) throw new Error(ts.flattenDiagnosticMessageText(mistake.messageText, "\n"));
  const shape: string[] = [];
  const made: { type: string; given: unknown }[] = [];
  let read: unknown[] = [];
  const walk = (node: ts.Node): void => {
    shape.push(ts.isIdentifier(node) ? node.text : ts.SyntaxKind[node.kind]);
    if (ts.isNewExpression(node)) {
      made.push({ type: node.expression.getText(), given: node.arguments?.length === 1 ? literalOf(node.arguments[0]!) : undefined });
      if ((node.arguments?.length ?? 0) > 1) throw new Error("new with several arguments");
    } else if (ts.isCallExpression(node) && node.expression.getText() === "readCSVFile") {
      shape.push("readCSVFile");
      read = node.arguments.map(literalOf);
    } else if (ts.isImportDeclaration(node)) shape.push(node.getText());
    else ts.forEachChild(node, walk);
  };
  walk(source);
  return { shape: shape.join(" "), made, read };
}

/** The value of a literal; throws at anything that would run. */
function literalOf(node: ts.Node): unknown {
  if (ts.isStringLiteral(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) return -(literalOf(node.operand) as number);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (node.kind === ts.SyntaxKind.NullKeyword) return null;
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(literalOf);
  if (!ts.isObjectLiteralExpression(node)) throw new Error(`${ts.SyntaxKind[node.kind]} where a literal is due: ${node.getText()}`);
  const out: Record<string, unknown> = {};
  for (const property of node.properties) {
    if (!ts.isPropertyAssignment(property)) throw new Error(`no property: ${property.getText()}`);
    const { name } = property;
    const key = ts.isComputedPropertyName(name)
      ? literalOf(name.expression)
      : ts.isIdentifier(name) || ts.isStringLiteral(name)
        ? name.text
        : undefined;
    if (typeof key !== "string") throw new Error(`no key: ${name.getText()}`);
    // Written without brackets it would be what the object inherits from.
    if (key === "__proto__" && !ts.isComputedPropertyName(name)) throw new Error("__proto__ is no field");
    Object.defineProperty(out, key, { value: literalOf(property.initializer), enumerable: true, writable: true, configurable: true });
  }
  return out;
}

const bash = "/bin/bash";
export const hasBash: boolean = existsSync(bash);

/** Each command of a text: the words that a shell makes of it, the first its name. */
export type Command = readonly string[];

/**
 * What a shell makes of texts: the words of each command, where `mixtura` is the one command there is. Anything else that a text would do is an
 * error in its place.
 */
export function splitByShell(texts: readonly string[]): (readonly Command[])[] {
  const script = `
    mixtura() { printf 'mixtura\\0'; printf '%s\\0' "$@"; printf '\\1\\0'; }
    command_not_found_handle() { printf 'unknown\\0%s\\0\\1\\0' "$*"; }
    readonly -f mixtura command_not_found_handle
    while IFS= read -r -d '' text; do eval "$text"; printf '\\2\\0'; done
  `;
  // Pasted texts hold no zero.
  const input = texts.map((text) => `${text}\0`).join("");
  execFileSync(bash, ["--norc", "-n"], { input: texts.join("\n"), stdio: ["pipe", "pipe", "pipe"] });
  const out = execFileSync(bash, ["--norc", "-c", script], {
    input,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    env: { LC_ALL: "C.UTF-8", PATH: "" },
  });
  const parts = out.split("\u0002\0").slice(0, -1);
  return parts.map((part) =>
    part
      .split("\u0001\0")
      .slice(0, -1)
      .map((words) => words.split("\0").slice(0, -1)),
  );
}

/** A program of Python, taken apart. */
export interface ParsedPython {
  /** The kinds of all nodes in their order, names included and literals of data left out. */
  readonly shape: string;
  /** The class and the literals that the model is made of. */
  readonly made: string;
  readonly given: Readonly<Record<string, unknown>>;
  readonly file: string;
  readonly columns: readonly string[] | undefined;
  readonly comments: readonly string[];
}

export const hasPython: boolean = works("python3");

function works(program: string): boolean {
  try {
    execFileSync(program, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Takes programs apart by Python's own parser; a text that is no program is a string with the reason. */
export function parsePython(texts: readonly string[]): (ParsedPython | string)[] {
  const program = `
import ast, io, json, sys, tokenize

def shape(node, out):
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        out.append("make " + node.func.id)
        return
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "X":
        out.append("read")
        return
    out.append(type(node).__name__)
    for field, value in ast.iter_fields(node):
        if isinstance(value, str):
            out.append(value)
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                shape(child, out)

def parse(text):
    try:
        tree = ast.parse(text)
        found = {"comments": [t.string for t in tokenize.generate_tokens(io.StringIO(text).readline) if t.type == tokenize.COMMENT]}
        out = []
        shape(tree, out)
        found["shape"] = " ".join(out)
        for node in tree.body:
            if not isinstance(node, ast.Assign):
                continue
            if node.targets[0].id == "X":
                read = node.value
                if isinstance(read, ast.Subscript):
                    found["columns"] = ast.literal_eval(read.slice)
                    read = read.value
                assert ast.dump(read.func) == ast.dump(ast.parse("pd.read_csv").body[0].value) and len(read.args) == 1 and not read.keywords
                found["file"] = ast.literal_eval(read.args[0])
            elif node.targets[0].id == "model":
                assert isinstance(node.value.func, ast.Name) and not node.value.args
                found["made"] = node.value.func.id
                found["given"] = {k.arg: ast.literal_eval(k.value) for k in node.value.keywords}
        return found
    except Exception as error:
        return repr(error)

json.dump([parse(text) for text in json.load(sys.stdin)], sys.stdout)
`;
  const out = execFileSync("python3", ["-I", "-c", program], { input: JSON.stringify(texts), encoding: "utf8", maxBuffer: 2 ** 28 });
  return JSON.parse(out) as (ParsedPython | string)[];
}
