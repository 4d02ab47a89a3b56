import fc from "fast-check";
import { plugins } from "mixtura";
import { describe, expect, it } from "vitest";
import { catalogue } from "../src/model/catalogue.ts";
import { readAddress, writeAddress } from "../src/state/address.ts";
import type { WorkbenchState } from "../src/state/state.ts";
import { defaultState } from "../src/state/state.ts";

const vocabulary = catalogue;

const other: WorkbenchState = {
  data: { kind: "generated", generator: "rings", rows: 5000, features: 3, groups: 2, spread: 0.7, outliers: 0.05, seed: 9 },
  edits: { added: [[100_000_004.25, -2, 1e-7]], removed: [3, 8], moved: [[5, [0, 0.25, 4]]] },
  features: ["x1", "x3"],
  view: { kind: "plane", across: 1, up: 0 },
  model: { type: "KMeans", options: { nClusters: 4, randomState: 3 } },
  backend: "wasm",
  panel: "density",
  selection: { from: 2, to: 5, types: ["full", "diag"], criterion: "icl", starts: 7 },
  density: { map: true, contours: true, threshold: { by: "contamination", value: 0.1 }, compared: "ECOD", box: [-1, 0, 2, 3.5] },
};

describe("an address", () => {
  it("is empty for the state that the page starts with", () => {
    expect(writeAddress(defaultState)).toBe("");
    expect(readAddress("", vocabulary)).toEqual({ state: defaultState, problems: [] });
  });

  it("holds the whole state", () => {
    const { state, problems } = readAddress(`#${writeAddress(other)}`, vocabulary);
    expect(problems).toEqual([]);
    expect(state).toEqual(other);
  });

  it.each([
    ["GaussianMixture", { regCovar: { relative: 1e-4 }, tol: 0, initParams: "k-means++", meansInit: [[1, 2.5]] }],
    ["MixtureDetector", { nComponents: [1, 2], covarianceType: ["full", "diag"], threshold: { gap: 0.2 }, novelty: false }],
    ["BayesianGaussianMixture", { weightConcentrationPrior: "learn", moves: true }],
  ])("holds options of every form: %s", (type, options) => {
    const { state, problems } = readAddress(writeAddress({ ...defaultState, model: { type, options } }), vocabulary);
    expect(problems).toEqual([]);
    expect(state.model.options).toEqual(options);
  });

  it("keeps of the options those that the estimator takes, and says why of the others (#16)", () => {
    const { state, problems } = readAddress(
      `#model=EllipticEnvelope&o.nTrials=20&o.threshold=${encodeURIComponent('{"contamination 0.1; touch pwned #":0.1}')}&o.nComponents=3`,
      vocabulary,
    );
    expect(state.model).toEqual({ type: "EllipticEnvelope", options: { nTrials: 20 } });
    expect(problems).toEqual([
      expect.stringMatching(
        /o\.threshold=.*"threshold" must be \{ apart: .*\{ contamination: a number > 0 and ≤ 0\.5 \}.* It was left out\.$/,
      ),
      expect.stringMatching(/o\.nComponents=3, but EllipticEnvelope: there is no option "nComponents"/),
    ]);
  });

  it("can be written by hand", () => {
    const { state, problems } = readAddress("#data=moons:400&model=GaussianMixture&o.nComponents=6", vocabulary);
    expect(problems).toEqual([]);
    expect(state.data).toMatchObject({ kind: "generated", generator: "moons", rows: 400, features: 2 });
    expect(state.model.options).toEqual({ nComponents: 6 });
  });

  it.each([
    ["data=blobs:1e9", "rows beyond what the page takes"],
    ["data=blobs:-5", "a negative number"],
    ["data=set:../../etc/passwd", "a path for a data set"],
    ["data=<script>alert(1)</script>", "markup"],
    ["view=0", "half a plane"],
    ["view=1e9,2", "a feature beyond all"],
    ["model=__proto__", "an estimator there is not"],
    ["o.nComponents=0", "a value that the estimator refuses"],
    ["o.constructor=1", "an option that objects have and estimators do not"],
    ["o.tol=1e999", "a number beyond all"],
    ["o.nComponents=" + "[".repeat(500), "no JSON"],
    ['o.nComponents={"a":{"b":{"c":{"d":{"e":1}}}}}', "JSON of great depth"],
    ["edits=aNaN,1", "rows that are no numbers"],
    ["edits=z", "no edits"],
    ["threshold=contamination:7", "a fraction above a half"],
    ["box=3,0,1,1", "a box turned inside out"],
    ["data=file:../../etc/passwd", "a path for a file"],
    ["choose=9:2:full:bic:1", "a search from more to fewer"],
    ["choose=1:2:full:constructor:1", "a criterion there is not"],
    ["choose=1:2:full,__proto__:bic:1", "a covariance type there is not"],
    ["panel=constructor", "a panel there is not"],
    ["backend=a b", "a backend that is no name"],
    ["nonsense=1", "a part that means nothing"],
  ])("leaves out %s, %s, and says so", (text) => {
    const { state, problems } = readAddress(`#${text}`, vocabulary);
    expect(problems).toHaveLength(1);
    expect(state.data).toEqual(defaultState.data);
    expect(state.density).toEqual(defaultState.density);
  });

  it("never throws, for any text after the sign", () => {
    const keys = fc.constantFrom(
      "data",
      "edits",
      "view",
      "model",
      "o.tol",
      "o.__proto__",
      "o.x",
      "choose",
      "show",
      "threshold",
      "box",
      "features",
      "z",
    );
    const part = fc.tuple(keys, fc.string({ unit: "binary", maxLength: 40 })).map(([key, value]) => `${key}=${value}`);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.array(part).map((parts) => parts.join("&")),
        ),
        (text) => {
          const { state } = readAddress(text, vocabulary);
          expect(Object.getPrototypeOf(state.model.options)).toBe(Object.prototype);
          expect(plugins.map(({ type }) => type)).toContain(state.model.type);
          // What was taken can be written and read again.
          expect(readAddress(writeAddress(state), vocabulary).state).toEqual(state);
        },
      ),
      { seed: 7, numRuns: 150 },
    );
  });

  it("too long to be read leads to the start page", () => {
    const { state, problems } = readAddress(`#edits=a${"1,2;".repeat(100_000)}`, vocabulary);
    expect(state).toEqual(defaultState);
    expect(problems[0]).toMatch(/too long/);
  });
});
