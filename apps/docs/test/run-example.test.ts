import { describe, expect, it } from "vitest";
import { blocksOf } from "../src/blocks.ts";
import { exportsOfPackages, importsFor } from "../src/imports.ts";
import { runExample } from "../src/run-example.ts";

class CodedError extends Error {
  readonly code = "too-few-rows";
}

const packages = {
  "@mixtura/example": {
    double: (x: number) => 2 * x,
    later: async (x: number) => x,
    typed: (...values: number[]) => Float64Array.from(values),
    fail: () => {
      throw new CodedError("no");
    },
    failLater: async () => {
      throw new CodedError("no");
    },
  },
};

const names = exportsOfPackages(packages);
/** On the first line, so that the lines of messages are those of the example. */
const run = (code: string) => runExample([...importsFor(code, names, undefined), code].join(" "), packages);

describe("an example", () => {
  it.each([
    ["double(2) // => 4"],
    ["double(2); // => 4"],
    ["await later(3) // => 3"],
    ["const four: number = double(2); // => 4"],
    ["[\n  double(1),\n  double(2),\n]; // => [2, 4]"],
    ["({ a: 1, b: [2, { c: 'x' }] }) // => { b: [2, { c: 'x' }], a: 1 }"],
    ["0 / 0 // => NaN"],
    ["-0 // => 0"],
    ["1 / 3 // ≈ 0.3333333333"],
    ["fail() // throws too-few-rows"],
    ["failLater() // throws too-few-rows"],
    ["await failLater() // throws too-few-rows"],
    ["null.x // throws TypeError"],
    ["import { double as twice } from '@mixtura/example';\ntwice(2) // => 4"],
    ["import * as all from '@mixtura/example';\nall.double(2) // => 4"],
    ["import type { Nothing } from '@mixtura/example';\nconst double = (x: number) => x;\ndouble(2) // => 2"],
    ["`\n// => 5`.length // => 8"],
    ["double(2); // four, in other words"],
    ["double(2)\n// => 4"],
    ["double(2);\n// => 4\ndouble(3); // => 6"],
    ["1; double(2)\n// => 4"],
    ["[1, 2].map(double)\n// => [\n//      2,\n//      4]"],
    ["({ a: double(1) }) // => {\n//   a: 2 }"],
    ["later(3).then(fail)\n// throws too-few-rows"],
  ])("with a right answer passes: %j", async (code) => {
    await expect(run(code)).resolves.toBeDefined();
  });

  it.each([
    ["double(2) // => 5", "line 1: value is 4, the example says 5."],
    ["double(1);\ndouble(2); // => 5", "line 2: value is 4, the example says 5."],
    ["const four = double(2); // => 5", "value is 4, the example says 5"],
    ["1 / 3 // => 0.3333333333", "value is 0.3333333333333333, the example says 0.3333333333"],
    ["1 / 3 // ≈ 0.33333333", "value is 0.3333333333333333, the example says 0.33333333"],
    ["[1, [2, 3]] // => [1, [2, 4]]", "value[1][1] is 3, the example says 4"],
    ["[1, 2] // => [1, 2, 3]", "value is [1, 2], the example says [1, 2, 3]"],
    ["({ a: 1 }) // => { a: 1, b: 2 }", 'value lacks "b"'],
    ["({ a: 1, b: 2 }) // => { a: 1 }", 'value has "b" besides: 2'],
    ["'4' // => 4", 'value is "4", the example says 4'],
    ["later(3) // => 3", "value is a promise (await is missing), the example says 3"],
    ["later(3) // => ({})", "value is a promise (await is missing)"],
    ["double(2) // throws too-few-rows", "nothing was thrown, the example says too-few-rows"],
    ["fail() // throws aborted", "the error is too-few-rows, the example says aborted"],
    ["fail()", "no"],
    ["double(2)\n// => 5", "value is 4, the example says 5"],
    ["[1, 2]\n// => [1,\n//     3]", "value[1] is 2, the example says 3"],
    ["import { triple } from '@mixtura/example';", "@mixtura/example does not export triple."],
  ])("with a wrong answer fails: %j", async (code, message) => {
    await expect(run(code)).rejects.toThrow(message);
  });

  it.each([
    ["// => 4"],
    ["double(2)\n\n// => 4"],
    ["double(2) // four\n// => 4"],
    ["double(2) // => 4\n// => 4"],
    ["if (true) {} // => 4"],
    ["const [a] = [1]; // => [1]"],
  ])("whose answer belongs to no value fails, so that no answer goes unread: %j", async (code) => {
    await expect(run(code)).rejects.toThrow("follows no expression");
  });

  it("without the import of a name fails", async () => {
    await expect(runExample("double(2);", packages)).rejects.toThrow("double is not defined");
  });

  it("that is not TypeScript fails", async () => {
    await expect(run("const = 3;")).rejects.toThrow();
  });

  it("may state a typed array as a plain one, but not as one of another kind", async () => {
    await expect(run("typed(1, 2) // => [1, 2]")).resolves.toMatchObject({ claims: 1 });
    await expect(run("typed(1, 2) // => Float64Array.of(1, 2)")).resolves.toMatchObject({ claims: 1 });
    await expect(run("typed(1, 2) // => Int32Array.of(1, 2)")).rejects.toThrow("value is a Float64Array, the example says Int32Array");
    await expect(run("[1, 2] // => Float64Array.of(1, 2)")).rejects.toThrow("value is a Array, the example says Float64Array");
  });

  it("without an answer need only not throw", async () => {
    await expect(run("double(2);")).resolves.toEqual({ claims: 0, given: [4] });
  });

  it("tells what its expressions without an answer gave, in order", async () => {
    const { given } = await run("const four = double(2);\n[four]\ndouble(four) // => 8\nawait Promise.resolve('last')");
    expect(given).toEqual([[4], "last"]);
  });
});

describe("examples are found", () => {
  it("in comments behind stars, with empty lines, and nothing else is one", () => {
    const text = ["/**", " * @example", " * ```ts run", " * a", " *", " *   b", " * ```", " * ```ts", " * c", " * ```", " */"].join("\n");
    expect(blocksOf("a.ts", text)).toEqual([{ file: "a.ts", line: 3, code: "a\n\n  b" }]);
  });

  it("in Markdown, indented or not", () => {
    expect(blocksOf("a.md", "```ts run\na\n```\n- x\n  ```ts run\n  b\n  ```\n").map(({ line, code }) => [line, code])).toEqual([
      [1, "a"],
      [5, "b"],
    ]);
  });

  it("only where their fence is closed", () => {
    expect(() => blocksOf("a.md", "```ts run\na\n")).toThrow("a.md:1: the example is never closed.");
  });
});
