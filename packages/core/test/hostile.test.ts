// What no type allows, or what a type allows and nobody means: a typed error that can be read, before any work (#16).
import { describe, expect, it } from "vitest";
import { isMixturaError, loadModel, matrix, toMatrix, toRecords, toRows } from "../src/index.ts";
import { checkFitContext, checkOptions, checkPoint, createPace, createRandom, show, valueOfEachRow } from "../src/authoring.ts";
import { checkContext, readObject, sampleSeed } from "../src/internal.ts";
import type { BlockSource, FittedModel, Matrix, MatrixLike } from "../src/index.ts";

const bare = (): object => Object.create(null) as object;
const detached = (): Float64Array => {
  const array = Float64Array.of(1, 2);
  structuredClone(array, { transfer: [array.buffer] });
  return array;
};
const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const cyclic: unknown[] = [];
cyclic.push(cyclic);

/** Values that sentences stumble over when they are written into them as they are. */
const VALUES: readonly (readonly [string, unknown])[] = [
  ["a symbol", Symbol("s")],
  ["an object without a prototype", bare()],
  ["a detached array", detached()],
  ["a detached view", new DataView(new ArrayBuffer(0))],
  [
    "an object whose text throws",
    {
      toString: () => {
        throw new Error("no text");
      },
    },
  ],
  ["a large integer", 10n ** 400n],
  ["a typed array without a constructor", Object.setPrototypeOf(Float64Array.of(1), null)],
  ["nothing", undefined],
  ["null", null],
];

const codeOf = (call: () => unknown): unknown => {
  try {
    return call();
  } catch (error) {
    if (!isMixturaError(error)) throw error;
    expect(error.message.length).toBeLessThan(400);
    return error.code;
  }
};

describe.each(VALUES)("%s", (_, value) => {
  it("is shown in a sentence, shortly", () => {
    expect(show(value).length).toBeLessThan(200);
  });

  it.each([
    ["rows of a matrix", () => matrix(new Float64Array(2), value as number, 1), "invalid-shape"],
    ["numbers of a matrix", () => matrix(value as Float64Array, 2, 2), "invalid-shape"],
    ["data", () => toMatrix(value as MatrixLike, { caller: "test" }), "invalid-shape"],
    ["a cell", () => toMatrix([[value as number]], { caller: "test" }), "not-finite"],
    ["the host of an uploaded matrix", () => toMatrix({ backendName: "x", host: value } as never, { caller: "test" }), "invalid-shape"],
    ["rows of a sample", () => sampleSeed(value as number, 1, {}, "test"), "invalid-option"],
    ["a number of rows", () => toRows(value as Matrix), "invalid-shape"],
    ["a model", () => loadModel(value, { plugins: [] }), "invalid-model"],
  ])("is refused as %s", (_place, call, code) => {
    expect(codeOf(call)).toBe(code);
  });

  it("is refused as a point, unless it is one", () => {
    expect(codeOf(() => checkPoint(value as number[], 2))).toBe("invalid-shape");
  });
});

it("a value that cannot be read, or never ends, is shown all the same", () => {
  expect(show(revoked())).toBe("an object that cannot be read");
  expect(show(cyclic)).toBe("[[an array of 1]]");
});

describe("a context", () => {
  it.each([undefined, null, {}])("may be left out: %s", (context) => {
    expect(checkContext(context, "test")).toEqual({});
  });

  it.each([5, "signal", Symbol("s"), () => {}])("is an object, which %s is not", (context) => {
    expect(codeOf(() => checkContext(context as never, "test"))).toBe("invalid-option");
  });

  it.each(["onProgress", "onCandidate"])("has a function for %s", (name) => {
    expect(codeOf(() => checkContext({ [name]: "log" }, "test"))).toBe("invalid-option");
    expect(codeOf(() => checkFitContext({ [name]: null }, "test"))).toBe("invalid-option");
  });

  it.each([
    5,
    [],
    { source: 5 },
    { leftOut: [5] },
    { leftOut: [{ rows: -1, reason: "x" }] },
    { leftOutColumns: [{ column: 1, reason: "x" }] },
    { created: new Date(0) },
  ])("has a provenance that can be written down, which %j cannot", (provenance) => {
    expect(codeOf(() => checkFitContext({ provenance }, "test"))).toBe("invalid-option");
  });

  it("has a signal that can be listened to", () => {
    expect(codeOf(() => createPace({ aborted: false } as AbortSignal))).toBe("invalid-option");
  });
});

describe("options", () => {
  const declarations = { means: { range: { kind: "other" }, description: "Means." } } as const;
  const check = (means: unknown): unknown => checkOptions("Test", declarations as never, { means } as never);

  it("that hold themselves are refused", () => {
    expect(codeOf(() => check(cyclic))).toBe("invalid-option");
  });

  it("of ten thousand levels are refused", () => {
    let deep: unknown = 1;
    for (let level = 0; level < 10_000; level++) deep = [deep];
    expect(codeOf(() => check(deep))).toBe("invalid-option");
  });

  it("that stand in many places are copied once", () => {
    let wide: unknown = [1];
    for (let level = 0; level < 60; level++) wide = [wide, wide]; // 2⁶⁰ places
    expect(check(wide)).toHaveProperty("means");
  });
});

describe("sizes that nothing stands behind", () => {
  it("are refused before memory is taken: a getter's", () => {
    const liar = { rows: 2 ** 20, columns: 2 ** 20, get: (row: number, column: number) => (row + column < 9 ? 1 : undefined) };
    expect(codeOf(() => toMatrix(liar as never, { caller: "test" }))).toBe("not-finite");
  });

  it("are refused where no memory holds them: a getter's, a row's", () => {
    expect(codeOf(() => toMatrix({ rows: 2 ** 30, columns: 2 ** 30, get: () => 1 }, { caller: "test" }))).toBe("invalid-shape");
    expect(codeOf(() => toMatrix([Array(2 ** 32 - 1), []] as number[][], { caller: "test" }))).toBe("invalid-shape");
  });

  it.each([toRows, toRecords])("are refused by %o", (write) => {
    expect(codeOf(() => write({ data: new Float64Array(2), rows: 1e9, columns: 2 }))).toBe("invalid-shape");
    expect(codeOf(() => write({ data: new Float64Array(0), rows: 1e9, columns: 0 }))).toBe("invalid-shape");
  });

  it.each([0, -1, NaN, 2 ** 33])("are refused by random integers below %d, of which there are none or too many", (below) => {
    expect(codeOf(() => createRandom(1).integer(below))).toBe("invalid-option");
  });

  it("are refused by sample, before a call that nothing could cancel", () => {
    expect(codeOf(() => sampleSeed(2 ** 53, 1, {}, "test"))).toBe("invalid-option");
    expect(codeOf(() => sampleSeed(1e9, 1, {}, "test"))).toBe("invalid-option");
  });
});

describe("lists with holes in a parsed model", () => {
  const holes = Object.assign(Array<number>(2), { 1: 2 });
  const reader = readObject({ list: holes, nested: [[1, 2], holes], sparse: Array(2), texts: Array(2) });

  it.each([
    ["list", () => reader.list("list")],
    ["numbers", () => reader.numbers("list")],
    ["rows", () => reader.rows("nested", 2, 2)],
    ["rows of nothing", () => reader.rows("sparse", 2, 2)],
    ["squares", () => reader.squares("sparse", 2, 2)],
    ["strings", () => reader.strings("texts", 2)],
  ])("are refused as %s", (_, read) => {
    expect(codeOf(read)).toBe("invalid-model");
  });
});

describe("a source of blocks", () => {
  const model = { type: "Test", featureCount: 2 } as FittedModel;
  const ask = async (source: { readonly columns?: number; blocks(): unknown }, signal?: AbortSignal): Promise<unknown> => {
    try {
      return await valueOfEachRow(model, "score", { columns: 2, ...source } as BlockSource, { ...(signal && { signal }) }, () => 1);
    } catch (error) {
      if (!isMixturaError(error)) throw error;
      return error.code;
    }
  };
  const row = { X: matrix(Float64Array.of(1, 2), 1, 2) };
  const blocksOf = (...blocks: unknown[]): { blocks(): AsyncIterable<unknown> } => ({
    async *blocks() {
      yield* blocks;
    },
  });

  it.each([5, null, undefined, "row", {}, { X: null }, { X: [[1, 2]] }, { X: { ...row.X, rows: NaN } }, { X: { ...row.X, rows: 3 } }])(
    "is refused where it yields %j",
    async (junk) => {
      expect(await ask(blocksOf(row, junk))).toBe("invalid-shape");
    },
  );

  it.each([-1, 0, 1.5, NaN, 1e9, "2", undefined, Symbol("s")])("is refused where it says to have %s columns", async (columns) => {
    expect(await ask({ ...blocksOf(row), columns: columns as number })).toBe("invalid-shape");
  });

  it.each([undefined, 5, {}])("is refused where it walks over %j", async (walk) => {
    expect(await ask({ blocks: () => walk })).toBe("read-error");
  });

  it("may yield blocks of no rows, but not only those", async () => {
    const empty = { X: matrix(new Float64Array(0), 0, 2) };
    expect(await ask(blocksOf(empty, row, empty))).toEqual(Float64Array.of(1));
    expect(await ask(blocksOf(empty))).toBe("invalid-shape");
  });

  it("is left when the signal aborts, though it never answers: it is told to stop, and not waited for", async () => {
    const controller = new AbortController();
    let told = false;
    const silent = {
      blocks: () => ({
        [Symbol.asyncIterator]: () => ({
          next: () => new Promise<never>(() => queueMicrotask(() => controller.abort())),
          return: () => new Promise<never>(() => (told = true)),
        }),
      }),
    };
    expect(await ask(silent, controller.signal)).toBe("aborted");
    expect(told).toBe(true);
  });

  it("is waited for when the walk ends early for another reason, so that files are closed by then", async () => {
    let closed = false;
    const source = {
      async *blocks() {
        try {
          yield { X: null };
        } finally {
          await Promise.resolve();
          closed = true;
        }
      },
    };
    expect(await ask(source)).toBe("invalid-shape");
    expect(closed).toBe(true);
  });

  it("of endless empty blocks can be cancelled", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    const endless = {
      async *blocks() {
        for (;;) yield { X: matrix(new Float64Array(0), 0, 2) };
      },
    };
    expect(await ask(endless, controller.signal)).toBe("aborted");
  });
});
