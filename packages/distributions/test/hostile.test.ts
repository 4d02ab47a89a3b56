// Arguments that are no numbers, and sizes that nobody waits for (#16).
import { describe, expect, it } from "vitest";
import * as distributions from "../src/index.ts";

const { gaussLegendre, integrate, ...functions } = distributions;
const NONE = [undefined, null, "1", Symbol("x"), 1n, {}, Object.create(null), [1], () => 1, Float64Array.of(1)];
const isUndefined = (answer: unknown): boolean =>
  typeof answer === "number" ? Number.isNaN(answer) : Object.values(answer as object).every((value) => Number.isNaN(value));

describe.each(Object.entries(functions))("%s", (name, call: (...values: never[]) => unknown) => {
  it("gives NaN for what is no number, wherever it stands", () => {
    for (const none of NONE)
      for (let place = 0; place < call.length; place++) {
        if (name === "normalInterval" && place === 2 && none === undefined) continue; // it may be left out
        const values = Array.from({ length: call.length }, (_item, at) => (at === place ? none : 0.5));
        expect(isUndefined(call(...(values as never[]))), `${String(none === null ? "null" : typeof none)} at ${place}`).toBe(true);
      }
  });
});

const codeOf = (call: () => unknown): unknown => {
  try {
    return call();
  } catch (error) {
    // What `isMixturaError` of core looks at; this package does not depend on it.
    return Symbol.for("mixtura.error") in (error as object) && (error as { readonly code: string }).code;
  }
};

it.each([0, -1, 1.5, NaN, 10_001, 1e9, 2 ** 53, "3", null, Symbol("n")])("gaussLegendre refuses %s points, before it takes memory", (n) => {
  expect(codeOf(() => gaussLegendre(n as number))).toBe("invalid-option");
});

it.each([
  ["bounds that are not finite", [Math.exp, 0, Infinity, { absolute: 0, relative: 1e-9 }]],
  ["bounds too far apart", [Math.exp, -1e308, 1e308, { absolute: 0, relative: 1e-9 }]],
  ["no function", [1, 0, 1, { absolute: 0, relative: 1e-9 }]],
  ["no accuracy", [Math.exp, 0, 1, null]],
  ["a billion panels", [Math.exp, 0, 1, { absolute: 0, relative: 1e-9 }, 1e9]],
  ["panels that end nowhere", [Math.exp, 0, 1, { absolute: 0, relative: 1e-9 }, [NaN]]],
])("integrate refuses %s", (_, values) => {
  expect(codeOf(() => integrate(...(values as Parameters<typeof integrate>)))).toBe("invalid-option");
});
