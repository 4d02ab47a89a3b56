import { difference } from "./compare.ts";
import { CHECK, GIVEN, instrument, LOAD } from "./instrument.ts";

/** The packages that examples may use, by name. */
export type Packages = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A run in which every claim was right. */
export interface ExampleRun {
  /** Claims that were checked. */
  readonly claims: number;
  /** What expressions that stand by themselves gave, in order. */
  readonly given: readonly unknown[];
}

/**
 * Runs an example as a reader would: what it does not import it does not have. Imports of `packages` take them from there.
 *
 * @returns how many claims were checked: none is allowed, then the code need only not throw
 * @throws (by rejection) Error that says which claim is wrong and what was found, and anything that the example itself throws
 */
export async function runExample(code: string, packages: Packages): Promise<ExampleRun> {
  let claims = 0;
  const given: unknown[] = [];
  const check = async (line: number, kind: "=>" | "≈" | "throws", work: () => Promise<[unknown]>, answer: () => unknown): Promise<void> => {
    claims += 1;
    const expected = answer();
    if (kind === "throws") return mustFail(line, work, String(expected));
    const [found] = await work();
    const reason = difference(found, expected, kind === "≈" ? "near" : "exact");
    if (reason !== undefined) throw new Error(`line ${line}: ${reason}.`);
  };

  const scope: Record<string, unknown> = {
    [CHECK]: check,
    [LOAD]: loader(packages),
    [GIVEN]: (value: unknown) => void given.push(value),
  };
  // The code stands in a function of its own inside, so that it may declare names that the scope has.
  // oxlint-disable-next-line typescript/no-implied-eval -- running the text of the documentation is what this is for
  const compiled = new Function(...Object.keys(scope), `"use strict"; return (async () => {\n${instrument(code)}\n})();`) as (
    ...values: unknown[]
  ) => Promise<void>;
  await compiled(...Object.values(scope));
  return { claims, given };
}

async function mustFail(line: number, work: () => Promise<[unknown]>, expected: string): Promise<void> {
  let found: unknown;
  try {
    // A rejection counts as well, and here the example need not await it.
    const [result] = await work();
    await result;
  } catch (error) {
    found = error;
    const { code, name } = error as { code?: unknown; name?: unknown };
    if (code === expected || name === expected) return;
    throw new Error(`line ${line}: the error is ${String(code ?? name)}, the example says ${expected}.`, { cause: found });
  }
  throw new Error(`line ${line}: nothing was thrown, the example says ${expected}.`);
}

/** Imports of packages, with their names checked: what the package does not export is an error, not `undefined`. */
function loader(packages: Packages): (specifier: string, names: readonly string[]) => Promise<object> {
  return async (specifier, names) => {
    const exports = packages[specifier] ?? ((await import(/* @vite-ignore */ specifier)) as Readonly<Record<string, unknown>>);
    const missing = names.filter((name) => !(name in exports));
    if (missing.length > 0) throw new Error(`${specifier} does not export ${missing.join(", ")}.`);
    return exports;
  };
}
