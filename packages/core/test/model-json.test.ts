import { iterativeTraceFromJSON } from "../src/authoring.ts";
import { traceFromJSON, traceToJSON, MODEL_FORMAT, MODEL_VERSION, modelJSON, readModelHeads, readObject } from "../src/internal.ts";
import type { AnyEstimatorPlugin, FittedModel, FitTrace, IterativeTrace, ModelJSON } from "../src/index.ts";
import { loadModel } from "../src/index.ts";
import { PLUGIN_CONTRACT_VERSION } from "../src/plugin.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const heads = { format: MODEL_FORMAT, version: MODEL_VERSION, type: "Test" };
const invalid = (message: string): object => expect.objectContaining({ code: "invalid-model", message }) as object;
const anyInvalid = expect.objectContaining({ code: "invalid-model" }) as object;

describe("readModelHeads", () => {
  it("reads a text as well as the parsed value", () => {
    const json = modelJSON("Test", { means: [[1]] });

    expect(readModelHeads(JSON.stringify(json))).toEqual(json);
    expect(readModelHeads(json)).toBe(json);
  });

  it.each<[string, unknown, string]>([
    ["text that is not JSON", "{", "The model should be JSON text, found text that is not JSON. The file is damaged or not a model."],
    ["a list", "[]", "The model should be an object, found []. The file is damaged or not a model."],
    ["null", null, "The model should be an object, found null. The file is damaged or not a model."],
    [
      "another format",
      { format: "onnx" },
      'The model\'s field "format" should be "mixtura-model" (this is not a Mixtura model), found "onnx". The file is damaged or not a model.',
    ],
    [
      "no version",
      { format: MODEL_FORMAT },
      'The model\'s field "version" should be a whole number ≥ 1, found undefined. The file is damaged or not a model.',
    ],
    [
      "half a version",
      { ...heads, version: 0.5 },
      'The model\'s field "version" should be a whole number ≥ 1, found 0.5. The file is damaged or not a model.',
    ],
    [
      "no type",
      { format: MODEL_FORMAT, version: 1 },
      'The model\'s field "type" should be a text, found undefined. The file is damaged or not a model.',
    ],
    [
      "heads that are only inherited",
      Object.create(heads),
      'The model\'s field "format" should be "mixtura-model" (this is not a Mixtura model), found undefined. The file is damaged or not a model.',
    ],
    [
      "heads in __proto__",
      JSON.stringify({ x: 1 }).replace('"x":1', `"__proto__":${JSON.stringify(heads)}`),
      'The model\'s field "format" should be "mixtura-model" (this is not a Mixtura model), found undefined. The file is damaged or not a model.',
    ],
  ])("refuses %s", (_, json, message) => {
    expect(() => readModelHeads(json)).toThrow(invalid(message));
  });

  it("refuses a version of the future and says what to do", () => {
    expect(() => readModelHeads({ ...heads, version: 99 })).toThrow(
      expect.objectContaining({
        code: "unsupported-version",
        message: "The model has format version 99, this release reads up to 2. Update Mixtura to read it.",
        detail: { found: 99, supported: 2 },
      }),
    );
  });

  it("answers any JSON at all with a model or a typed error", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        expect(() => readModelHeads(text)).toThrow(anyInvalid);
      }),
      { seed: 3, numRuns: 1000 },
    );
  });
});

describe("readObject", () => {
  const reader = (source: object) => readObject(source, "part");

  it("reads each kind of field", () => {
    const source = {
      text: "a",
      yes: true,
      half: 0.5,
      three: 3,
      list: [1, "a"],
      numbers: [1, -0],
      rows: [
        [1, 2],
        [3, 4],
      ],
      squares: [
        [
          [1, 2],
          [3, 4],
        ],
      ],
      strings: ["a", "b"],
      inner: { x: 1 },
    };
    const read = reader(source);

    expect([read.string("text"), read.boolean("yes"), read.number("half"), read.count("three"), read.oneOf("text", ["b", "a"])]).toEqual([
      "a",
      true,
      0.5,
      3,
      "a",
    ]);
    expect(read.list("list")).toEqual([1, "a"]);
    expect(read.rows("rows", 2, 2)).toEqual(Float64Array.of(1, 2, 3, 4));
    expect(read.squares("squares", 1, 2)).toEqual(Float64Array.of(1, 2, 3, 4));
    expect(read.strings("strings", 2)).toEqual(["a", "b"]);
    expect(read.object("inner").number("x")).toBe(1);
    expect([read.has("text"), read.has("absent")]).toEqual([true, false]);
  });

  it("reads negative zeros as zeros, since JSON cannot hold them", () => {
    const read = reader({ zero: -0, zeros: [-0] });

    expect(Object.is(read.number("zero"), 0)).toBe(true);
    expect(Object.is(read.numbers("zeros")[0], 0)).toBe(true);
  });

  it("never sees inherited fields", () => {
    const read = reader(Object.create({ n: 1 }) as object);

    expect(read.value("n")).toBeUndefined();
    expect(read.value("constructor")).toBeUndefined();
    expect(read.value("__proto__")).toBeUndefined();
    expect(() => read.number("n")).toThrow(anyInvalid);
  });

  it.each<[string, object, (read: ReturnType<typeof readObject>) => unknown, string]>([
    [
      "text for a number",
      { x: "1" },
      (read) => read.number("x"),
      'The model\'s field "part.x" should be a finite number, found "1". The file is damaged or not a model.',
    ],
    [
      "null (JSON's NaN) for a number",
      { x: null },
      (read) => read.number("x"),
      'The model\'s field "part.x" should be a finite number, found null. The file is damaged or not a model.',
    ],
    [
      "Infinity",
      { x: Infinity },
      (read) => read.number("x"),
      'The model\'s field "part.x" should be a finite number, found Infinity. The file is damaged or not a model.',
    ],
    [
      "a huge count",
      { k: 1e12 },
      (read) => read.count("k"),
      'The model\'s field "part.k" should be a whole number ≥ 0, found 1000000000000. The file is damaged or not a model.',
    ],
    [
      "a count below the least",
      { k: 0 },
      (read) => read.count("k", 1),
      'The model\'s field "part.k" should be a whole number ≥ 1, found 0. The file is damaged or not a model.',
    ],
    [
      "an unknown choice",
      { c: "x" },
      (read) => read.oneOf("c", ["a", "b"]),
      'The model\'s field "part.c" should be one of a, b, found "x". The file is damaged or not a model.',
    ],
    [
      "too few numbers",
      { x: [1] },
      (read) => read.numbers("x", 2),
      'The model\'s field "part.x" should be 2 numbers, found [1]. The file is damaged or not a model.',
    ],
    [
      "an array-like object",
      { x: { length: 2, 0: 1, 1: 2 } },
      (read) => read.numbers("x"),
      'The model\'s field "part.x" should be some numbers, found { 0, 1, length }. The file is damaged or not a model.',
    ],
    [
      "a null among numbers",
      { x: [1, null] },
      (read) => read.numbers("x"),
      'The model\'s field "part.x[1]" should be a finite number, found null. The file is damaged or not a model.',
    ],
    [
      "a short row",
      { x: [[1, 2], [3]] },
      (read) => read.rows("x", 2, 2),
      'The model\'s field "part.x[1]" should be a list of 2, found [3]. The file is damaged or not a model.',
    ],
    [
      "text in a square",
      { x: [[["a"]]] },
      (read) => read.squares("x", 1, 1),
      'The model\'s field "part.x[0][0]" should be a finite number, found "a". The file is damaged or not a model.',
    ],
    [
      "a number among texts",
      { x: ["a", 1] },
      (read) => read.strings("x"),
      'The model\'s field "part.x" should be some texts, found ["a", 1]. The file is damaged or not a model.',
    ],
    [
      "a list for an object",
      { x: [] },
      (read) => read.object("x"),
      'The model\'s field "part.x" should be an object, found []. The file is damaged or not a model.',
    ],
    [
      "text for true",
      { x: "true" },
      (read) => read.boolean("x"),
      'The model\'s field "part.x" should be true or false, found "true". The file is damaged or not a model.',
    ],
  ])("refuses %s and names the path", (_, source, act, message) => {
    expect(() => act(reader(source))).toThrow(invalid(message));
  });

  it("checks shapes before it takes memory, so that a claimed size costs nothing", () => {
    const before = process.memoryUsage().arrayBuffers;

    expect(() => reader({ x: [[1]] }).squares("x", 2 ** 30, 2 ** 15)).toThrow(anyInvalid);

    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
  });
});

describe("loadModel", () => {
  const revived = { type: "Test" } as FittedModel;
  const plugin: AnyEstimatorPlugin = {
    contractVersion: PLUGIN_CONTRACT_VERSION,
    type: "Test",
    summary: "For tests.",
    options: {},
    capabilities: [],
    create: () => {
      throw new Error("not called");
    },
    revive: (json: ModelJSON) => (json["payload"] === 5 ? revived : ({ type: "other" } as FittedModel)),
  };

  it("hands the model to the plugin of its type", () => {
    expect(loadModel(JSON.stringify({ ...heads, payload: 5 }), { plugins: [{ ...plugin, type: "Other" }, plugin] })).toBe(revived);
  });

  it("refuses a type that no plugin reads, and lists those it has", () => {
    expect(() => loadModel({ ...heads, type: "Forest" }, { plugins: [plugin] })).toThrow(
      expect.objectContaining({
        code: "unknown-model-type",
        message: 'The model is a "Forest"; the plugins at hand read Test. Add the plugin that wrote it.',
        detail: { type: "Forest", known: ["Test"] },
      }),
    );
    expect(() => loadModel(heads, { plugins: [] })).toThrow(
      'The model is a "Test"; the plugins at hand read nothing. Add the plugin that wrote it.',
    );
  });
});

describe("a trace", () => {
  const trace: IterativeTrace = {
    kind: "iterative",
    converged: true,
    iterations: 3,
    lowerBounds: [-3.5, -2.25, -2.2000000000000006],
    seed: 4_294_967_295,
    backend: "reference",
    restarts: [
      { restart: 0, converged: true, iterations: 3, score: -2.2, degenerate: false, chosen: true, parameters: { means: [[1]] } },
      { restart: 1, converged: false, iterations: 9, score: -2.5, degenerate: true, chosen: false },
    ],
    diagnostics: [
      {
        code: "degenerate-component",
        severity: "warning",
        message: "look",
        component: 1,
        detail: { rows: 2, name: "x", fixed: false, values: [1, 2.5], features: ["a", "b"], none: [] },
      },
      { code: "note", severity: "info", message: "done" },
    ],
    elapsedMilliseconds: 12.25,
  };
  const asJSON = (value: FitTrace) => readObject(JSON.parse(JSON.stringify(traceToJSON(value))), "trace");

  it("comes back from JSON equal, without the parameters of the restarts and the time", () => {
    const { elapsedMilliseconds: _, ...lasting } = trace;
    const { parameters: __, ...first } = trace.restarts[0]!;

    expect(traceFromJSON(asJSON(trace))).toEqual({ ...lasting, restarts: [first, trace.restarts[1]] });
  });

  it("without iterations comes back with what it has and nothing else", () => {
    const direct: FitTrace = { kind: "direct", backend: "wasm", diagnostics: [] };

    expect(traceFromJSON(asJSON(direct))).toEqual(direct);
    expect(() => iterativeTraceFromJSON(asJSON(direct))).toThrow(anyInvalid);
  });

  it("of version 1 loses what stood for nothing: seed 0, the backend none, one iteration", () => {
    const first = {
      converged: true,
      iterations: 1,
      lowerBounds: [],
      seed: 0,
      backend: "none",
      restarts: [],
      diagnostics: [],
      elapsedMilliseconds: 3,
    };
    const { kind: _, ...iterated }: Record<string, unknown> = { ...traceToJSON(trace), elapsedMilliseconds: 3 };

    expect(traceFromJSON(readObject(first, "trace"))).toEqual({ kind: "direct", diagnostics: [] });
    expect(traceFromJSON(readObject(iterated, "trace"))).toEqual(traceFromJSON(asJSON(trace)));
    expect(iterativeTraceFromJSON(readObject(first, "trace"))).toEqual({
      ...first,
      kind: "iterative",
      seed: undefined,
      backend: undefined,
      elapsedMilliseconds: undefined,
    });
  });

  it("comes back frozen", () => {
    const back = iterativeTraceFromJSON(asJSON(trace));

    for (const part of [
      back,
      back.lowerBounds,
      back.restarts,
      back.restarts[0],
      back.diagnostics,
      back.diagnostics[0],
      back.diagnostics[0]!.detail,
    ]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  it.each<[string, object, string]>([
    ["a severity that is none", { diagnostics: [{ code: "a", severity: "fatal", message: "" }] }, "trace.diagnostics[0].severity"],
    [
      "a detail that is nested too deep",
      { diagnostics: [{ code: "a", severity: "info", message: "", detail: { x: { y: 1 } } }] },
      "trace.diagnostics[0].detail.x",
    ],
    ["a score that is not finite", { restarts: [{ ...trace.restarts[1], score: null }] }, "trace.restarts[0].score"],
    ["bounds that are no list", { lowerBounds: "none" }, "lowerBounds"],
  ])("is refused with %s", (_, change, path) => {
    expect(() => traceFromJSON(readObject({ ...traceToJSON(trace), ...change }, "trace"))).toThrow(
      expect.objectContaining({
        code: "invalid-model",
        detail: expect.objectContaining({ path: path.startsWith("trace") ? path : `trace.${path}` }),
      }),
    );
  });

  it("does not take a detail called __proto__ for a prototype", () => {
    const detail = JSON.parse('{"__proto__": 5, "rows": 2}') as object;
    const back = traceFromJSON(
      readObject({ ...traceToJSON(trace), diagnostics: [{ code: "a", severity: "info", message: "", detail }] }, "trace"),
    );

    expect(Object.getPrototypeOf(back.diagnostics[0]!.detail)).toBe(Object.prototype);
    expect(back.diagnostics[0]!.detail!["rows"]).toBe(2);
  });
});
