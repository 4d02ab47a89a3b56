// What packages declare of their public entries, as the compiler reads it: a function that is exported tomorrow is called tomorrow.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";

/** A public entry of a package. */
export interface Entry {
  /** "@mixtura/core/authoring" */
  readonly name: string;
  /** File of its declarations. */
  readonly types: string;
  load(): Promise<Readonly<Record<string, unknown>>>;
}

const PACKAGES = join(import.meta.dirname, "../../../../packages");

/** Packages without functions to call: commands, suites of tests; a list of backends that are called one by one; what only passes others on. */
const PASSED_OVER = ["cli", "testing", "backends", "mixtura"];

interface Manifest {
  readonly name: string;
  readonly exports?: Readonly<Record<string, string | { readonly types?: string; readonly default?: string }>>;
}

/** All public entries. Internal ones are no promise to anybody. */
export function entries(): readonly Entry[] {
  return readdirSync(PACKAGES).flatMap((folder) => {
    if (PASSED_OVER.includes(folder)) return [];
    const manifest = JSON.parse(readFileSync(join(PACKAGES, folder, "package.json"), "utf8")) as Manifest;
    return Object.entries(manifest.exports ?? {}).flatMap(([path, files]): Entry[] => {
      if (typeof files === "string" || files.types === undefined || files.default === undefined || path.includes("internal")) return [];
      const module = pathToFileURL(join(PACKAGES, folder, files.default)).href;
      return [
        {
          name: join(manifest.name, path),
          types: join(PACKAGES, folder, files.types),
          load: async () => (await import(/* @vite-ignore */ module)) as Readonly<Record<string, unknown>>,
        },
      ];
    });
  });
}

/** A parameter as it is declared. */
export interface Parameter {
  readonly name: string;
  readonly type: ts.Type;
}

/** What is declared of an entry's exports. */
export interface Declarations {
  readonly checker: ts.TypeChecker;
  /** The signatures of functions, one of which is chosen for each call. */
  functions(entry: Entry): ReadonlyMap<string, readonly (readonly Parameter[])[]>;
  /** The signatures of what can be called on instances of an exported class, by the class's and the member's name. */
  methods(entry: Entry): ReadonlyMap<string, ReadonlyMap<string, readonly (readonly Parameter[])[]>>;
  /** Signatures of constructors and static methods. */
  constructors(entry: Entry): ReadonlyMap<string, readonly (readonly Parameter[])[]>;
  statics(entry: Entry): ReadonlyMap<string, ReadonlyMap<string, readonly (readonly Parameter[])[]>>;
}

/** Reads the declarations of entries. About a second. */
export function declarationsOf(list: readonly Entry[]): Declarations {
  const program = ts.createProgram(
    list.map(({ types }) => types),
    {
      lib: ["lib.es2024.d.ts", "lib.esnext.disposable.d.ts", "lib.dom.d.ts"],
      types: [],
      skipLibCheck: true,
      noEmit: true,
      strict: true,
      exactOptionalPropertyTypes: true,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      target: ts.ScriptTarget.ES2023,
    },
  );
  const checker = program.getTypeChecker();

  const parametersOf = (signatures: readonly ts.Signature[]): readonly (readonly Parameter[])[] =>
    signatures.map(({ parameters }) => parameters.map((symbol) => ({ name: symbol.name, type: checker.getTypeOfSymbol(symbol) })));

  const exportsOf = ({ types }: Entry): readonly ts.Symbol[] => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(types)!)!;
    return checker
      .getExportsOfModule(module)
      .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
      .filter(({ flags }) => (flags & ts.SymbolFlags.Value) !== 0);
  };

  const callable = (members: readonly ts.Symbol[]): ReadonlyMap<string, readonly (readonly Parameter[])[]> =>
    new Map(
      members.flatMap((member) => {
        const signatures = checker.getNonNullableType(checker.getTypeOfSymbol(member)).getCallSignatures();
        return signatures.length === 0 || isClosed(member) ? [] : [[member.name, parametersOf(signatures)] as const];
      }),
    );

  const byName = <T>(entry: Entry, of: (symbol: ts.Symbol) => T | undefined): ReadonlyMap<string, T> =>
    new Map(
      exportsOf(entry).flatMap((symbol) => {
        const found = of(symbol);
        return found === undefined ? [] : [[symbol.name, found] as const];
      }),
    );
  const isClass = (symbol: ts.Symbol): boolean => (symbol.flags & ts.SymbolFlags.Class) !== 0;

  return {
    checker,
    functions: (entry) =>
      byName(entry, (symbol) => {
        const signatures = checker.getTypeOfSymbol(symbol).getCallSignatures();
        return signatures.length === 0 || isClass(symbol) ? undefined : parametersOf(signatures);
      }),
    constructors: (entry) =>
      byName(entry, (symbol) => {
        const signatures = isClass(symbol) ? checker.getTypeOfSymbol(symbol).getConstructSignatures() : [];
        return signatures.length === 0 ? undefined : parametersOf(signatures);
      }),
    methods: (entry) =>
      byName(entry, (symbol) =>
        isClass(symbol) ? callable(checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))) : undefined,
      ),
    statics: (entry) =>
      byName(entry, (symbol) => (isClass(symbol) ? callable(checker.getPropertiesOfType(checker.getTypeOfSymbol(symbol))) : undefined)),
  };
}

/** Whether only the package itself may call it. */
function isClosed(member: ts.Symbol): boolean {
  return (member.declarations ?? []).some(
    (declaration) =>
      (ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0 ||
      ts.getJSDocTags(declaration).some(({ tagName }) => tagName.text === "internal"),
  );
}
