import { isMixturaError, MixturaError } from "../src/index.ts";
import { show } from "../src/authoring.ts";
import { describe, expect, it } from "vitest";

describe("isMixturaError", () => {
  it("knows an error by its code", () => {
    const error = new MixturaError("too-few-rows", "2 rows, 3 needed", { rows: 2, needed: 3 });

    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: "MixturaError", code: "too-few-rows", detail: { rows: 2, needed: 3 } });
    expect(isMixturaError(error)).toBe(true);
    expect(isMixturaError(error, "too-few-rows")).toBe(true);
    expect(isMixturaError(error, "aborted")).toBe(false);
  });

  it("knows errors of a second copy of the package", async () => {
    const url = "../src/errors.ts?copy"; // in a variable, or the compiler looks for a file of this name
    const copy = (await import(url)) as {
      MixturaError: typeof MixturaError;
      isMixturaError: typeof isMixturaError;
    };
    const theirs = new copy.MixturaError("read-error", "gone", { source: "x" });

    expect(copy.MixturaError).not.toBe(MixturaError);
    expect(theirs).not.toBeInstanceOf(MixturaError);
    expect(isMixturaError(theirs, "read-error")).toBe(true);
    expect(copy.isMixturaError(new MixturaError("aborted", "", {}))).toBe(true);
  });

  it.each([[new Error("other")], [{ code: "aborted" }], [null], [undefined], ["aborted"], [7]])(
    "takes nothing else for one: %s",
    (value) => {
      expect(isMixturaError(value)).toBe(false);
    },
  );

  it("names an aborted call as the web platform does, and keeps a cause", () => {
    const cause = new Error("why");

    expect(new MixturaError("aborted", "", {}, { cause })).toMatchObject({ name: "AbortError", cause });
  });
});

it.each<[unknown, string]>([
  ["text", '"text"'],
  ["x".repeat(100), `"${"x".repeat(57)}…"`],
  [3, "3"],
  [-0, "0"],
  [NaN, "NaN"],
  [5n, "5n"],
  [null, "null"],
  [undefined, "undefined"],
  [Symbol("s"), "Symbol(s)"],
  [() => 1, "a function"],
  [[1, "a"], '[1, "a"]'],
  [[1, 2, 3, 4, 5], "an array of 5"],
  [new Float64Array(9), "Float64Array(9)"],
  [{ a: 1, b: 2 }, "{ a, b }"],
  [{ a: 1, b: 2, c: 3, d: 4, e: 5 }, "an object with keys a, b, c, d, …"],
])("shows %o briefly", (value, text) => {
  expect(show(value)).toBe(text);
});

it("shows arrays within arrays to the second level, however deep they are or if they hold themselves", () => {
  const loop: unknown[] = [];
  loop.push(loop, 1);
  const deep = JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`) as unknown;

  expect(show(loop)).toBe("[[an array of 2, 1], 1]");
  expect(show(deep)).toBe("[[an array of 1]]");
});
