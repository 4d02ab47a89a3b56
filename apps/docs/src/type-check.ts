import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import type { Block } from "./blocks.ts";
import type { Exports } from "./imports.ts";
import { importsFor } from "./imports.ts";

/** An error of the compiler in a block of the documentation. */
export interface TypeProblem {
  /** "docs/guides/backends.md:31" */
  readonly place: string;
  readonly message: string;
}

/** A block to check: one that runs must be right in all; one that is only shown may leave its surroundings out. */
export interface CheckedBlock extends Block {
  readonly runs: boolean;
}

/** Compiler errors that only say that something around a shown block is missing. */
const SURROUNDINGS = new Set([2304, 2307, 2552, 18004, 2792, 2882]);

/**
 * Checks all blocks in one program, each alone: with the imports that it has or, in a docstring, that its page adds. A statement before
 * `// throws …` may be wrong in its types as well.
 *
 * @param ownPackage the package whose names a file means first, by the file's path
 */
export function checkTypes(root: string, blocks: readonly CheckedBlock[], ownPackage: (file: string) => string | undefined): TypeProblem[] {
  const entries = entriesOf(root);
  const exports = exportsOf(root, entries);
  const files = new Map(
    blocks.map((block, index) => [
      join(root, "apps", "docs", `block-${index}.ts`),
      { block, ...completed(block, exports, ownPackage(block.file)) },
    ]),
  );
  const options = optionsOf(root, entries);
  const host = ts.createCompilerHost(options);
  const disk = { ...host };
  host.fileExists = (name) => files.has(name) || disk.fileExists(name);
  host.readFile = (name) => files.get(name)?.text ?? disk.readFile(name);
  host.getSourceFile = (name, version, ...rest) => {
    const own = files.get(name);
    return own === undefined ? disk.getSourceFile(name, version, ...rest) : ts.createSourceFile(name, own.text, version, true);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files].flatMap(([name, { block, text, head }]) => {
    const source = program.getSourceFile(name)!;
    const lines = text.split("\n");
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].flatMap(
      ({ code, start = 0, messageText }) => {
        const line = source.getLineAndCharacterOfPosition(start).line;
        const end = endOfStatement(source, start);
        const mustFail = /\/\/ throws /.test(lines[end] ?? "") || /^\s*\/\/ throws /.test(lines[end + 1] ?? "");
        if (mustFail || (!block.runs && SURROUNDINGS.has(code))) return [];
        return [
          {
            place: `${block.file}:${block.line + 1 + line - head}`,
            message: `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
          },
        ];
      },
    );
  });
}

/** The line on which the statement at a position ends. */
function endOfStatement(source: ts.SourceFile, position: number): number {
  const statement = source.statements.find((candidate) => candidate.getStart(source) <= position && position < candidate.end);
  return source.getLineAndCharacterOfPosition(statement?.end ?? position).line;
}

type Entries = ReadonlyMap<string, string>;

/** Every entry of every package, with its declarations. */
function entriesOf(root: string): Entries {
  return new Map(
    readdirSync(join(root, "packages")).flatMap((folder): [string, string][] => {
      const { name, exports } = JSON.parse(readFileSync(join(root, "packages", folder, "package.json"), "utf8")) as {
        name: string;
        exports: Readonly<Record<string, string | { readonly types?: string }>>;
      };
      return Object.entries(exports).flatMap(([path, target]): [string, string][] =>
        typeof target === "string" || target.types === undefined
          ? []
          : [[`${name}${path.slice(1)}`, join(root, "packages", folder, target.types)]],
      );
    }),
  );
}

function optionsOf(root: string, entries: Entries): ts.CompilerOptions {
  return {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts", "lib.dom.d.ts"],
    types: ["node"],
    typeRoots: [join(root, "node_modules", "@types")],
    strict: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    noEmit: true,
    paths: Object.fromEntries([...entries].map(([name, file]) => [name, [file]])),
  };
}

/** The names that each entry exports, types included. */
function exportsOf(root: string, entries: Entries): Exports {
  const program = ts.createProgram([...entries.values()], optionsOf(root, entries));
  const checker = program.getTypeChecker();
  return new Map(
    [...entries].map(([name, file]) => {
      const symbol = checker.getSymbolAtLocation(program.getSourceFile(file)!);
      return [name, new Set(symbol === undefined ? [] : checker.getExportsOfModule(symbol).map((exported) => exported.name))];
    }),
  );
}

/** A docstring behind the imports that its page shows above it; a block of Markdown has its own. `head` counts the lines put before it. */
function completed(block: Block, exports: Exports, own: string | undefined): { text: string; head: number } {
  const imports = block.file.endsWith(".md") ? [] : importsFor(block.code, exports, own);
  return { text: [...imports, "export {};", block.code].join("\n"), head: imports.length + 1 };
}
