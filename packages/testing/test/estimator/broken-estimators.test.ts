import type { AnyEstimatorPlugin, FitContext, Matrix, ModelJSON } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { describe, expect, it } from "vitest";
import { runEstimatorLaws } from "../../src/index.ts";
import { startProcessorTime } from "@mixtura/fixtures/clock";
import { twoGroups } from "./data.ts";
import type { NormalBoxPayload } from "./normal-box.ts";
import { FittedNormalBox, normalBox, weightedSpread } from "./normal-box.ts";

type Box = ReturnType<typeof normalBox>;
type Fit = ReturnType<Box["create"]>["fit"];

/** A box whose fit is replaced by a worse one, which may call the sound one. */
function withFit(worse: (sound: Fit, X: Matrix, context: FitContext) => ReturnType<Fit>): Box {
  const box = normalBox();
  const create: Box["create"] = (options) => {
    const sound = box.create(options);
    return {
      type: sound.type,
      options: sound.options,
      fit: (X, context = {}) => worse((...args) => sound.fit(...args), X as Matrix, context),
    };
  };
  return { ...box, create };
}

async function brokenLaws(plugin: AnyEstimatorPlugin, only: readonly string[]): Promise<string[]> {
  const results = await runEstimatorLaws({ name: "spoiled", plugin, fits: twoGroups, scaling: "per-feature" }, { only });
  expect(results.map(({ id }) => id).toSorted()).toEqual([...only].toSorted()); // a law that was renamed would catch nothing
  return results.filter(({ passed }) => !passed).map(({ id }) => id);
}

const keepBusy = (milliseconds: number): void => {
  const spent = startProcessorTime();
  while (spent() < milliseconds);
};

const asModel = (Model: new (payload: NormalBoxPayload) => FittedNormalBox) => ({
  model: (payload: NormalBoxPayload) => new Model(payload),
});

class TwiceTheDensity extends FittedNormalBox {
  override async scoreSamples(X: Matrix): Promise<Float64Array> {
    return (await super.scoreSamples(X)).map((value) => value + Math.LN2);
  }
}

class TooWideSamples extends FittedNormalBox {
  override sample(n: number, options?: { randomState?: number }): { X: Matrix } {
    const { X } = super.sample(n, options);
    return { X: { ...X, data: X.data.map((value) => 1.1 * value) } };
  }
}

class RoundedJSON extends FittedNormalBox {
  override toJSON(): ModelJSON {
    return JSON.parse(
      JSON.stringify(super.toJSON(), (_, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(12)) : value)),
    ) as ModelJSON;
  }
}

class ShownArrays extends FittedNormalBox {
  readonly #shown: Float64Array;
  constructor(payload: NormalBoxPayload) {
    super(payload);
    this.#shown = payload.mean;
  }
  override get mean(): Float64Array {
    return this.#shown;
  }
}

class ImpatientRefusal extends FittedNormalBox {
  override predict(X: Matrix): Promise<Int32Array> {
    if (!Number.isFinite(X.data?.[0])) throw new TypeError("at once, and under no code");
    return super.predict(X);
  }
}

class SignsTurned extends FittedNormalBox {
  override async decisionFunction(X: Matrix): Promise<Float64Array> {
    return (await super.decisionFunction(X)).map((value) => 0 - value);
  }
}

class MostNormalOut extends FittedNormalBox {
  override async decisionFunction(X: Matrix): Promise<Float64Array> {
    const values = await super.decisionFunction(X);
    const most = Math.max(...values);
    return values.map((value) => (value === most ? -1 : value));
  }
  override async predict(X: Matrix): Promise<Int32Array> {
    return Int32Array.from(await this.decisionFunction(X), (value) => (value < 0 ? -1 : 1));
  }
}

/** A model that judges single points by a threshold of their own. */
function withOtherPoint(payload: NormalBoxPayload): FittedNormalBox {
  const sound = new FittedNormalBox(payload);
  return withPoint(sound, { ...sound.point, isOutlier: (x: ArrayLike<number>) => sound.point.logDensity(x) < payload.threshold - 2 });
}

/** A model that takes for a number what arithmetic does: `null` for 0, a text for what it spells. */
function withTrustingPoint(payload: NormalBoxPayload): FittedNormalBox {
  const sound = new FittedNormalBox(payload);
  const logDensity = (x: ArrayLike<number>): number => sound.point.logDensity(Float64Array.from(x));
  return withPoint(sound, { ...sound.point, logDensity });
}

function withPoint(sound: FittedNormalBox, point: FittedNormalBox["point"]): FittedNormalBox {
  return new Proxy(sound, {
    get(target, key) {
      const value: unknown = key === "point" ? point : Reflect.get(target, key);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}

/** What is wrong, and the laws that must notice. */
const SPOILED: Readonly<Record<string, readonly [AnyEstimatorPlugin, readonly string[]]>> = {
  "a density that integrates to 2": [
    normalBox(asModel(TwiceTheDensity)),
    ["density/integral-grid", "density/integral-sampled", "answers/one-point"],
  ],
  "samples that are too wide": [normalBox(asModel(TooWideSamples)), ["sampling/moments"]],
  "JSON that loses digits": [normalBox(asModel(RoundedJSON)), ["json/round-trip"]],
  "arrays that are not copies": [normalBox(asModel(ShownArrays)), ["trace/frozen-model"]],
  "a method that throws instead of rejecting": [normalBox(asModel(ImpatientRefusal)), ["bad-input/answers"]],
  "variances from E[x²] − μ²": [
    normalBox({
      async spread(data, weights, pace) {
        const { mean, constant } = await weightedSpread(data, weights, pace);
        const squares = mean.map((_, j) => data.data.reduce((sum, x, at) => sum + (at % data.columns === j ? (x * x) / data.rows : 0), 0));
        return { mean, variance: squares.map((square, j) => Math.max(1e-300, square - mean[j]! ** 2)), constant };
      },
    }),
    ["equivariance/shift"],
  ],
  "weights that are passed over": [
    normalBox({
      spread: (data, weights, pace) =>
        weightedSpread(
          data,
          weights.map(() => 1),
          pace,
        ),
    }),
    ["weights/repeated-rows", "weights/left-out-rows"],
  ],
  "a variance that is bounded from below": [
    normalBox({
      async spread(data, weights, pace) {
        const { mean, variance, constant } = await weightedSpread(data, weights, pace);
        return { mean, variance: variance.map((value) => value + 1e-3), constant };
      },
    }),
    ["equivariance/scale"],
  ],
  "a last row that counts twice": [
    normalBox({ spread: (data, weights, pace) => weightedSpread(data, weights.with(weights.length - 1, 2), pace) }),
    ["equivariance/permutation"],
  ],
  "a constant column that gives NaN": [
    normalBox({
      async spread(data, weights, pace) {
        const { mean, variance, constant } = await weightedSpread(data, weights, pace);
        return { mean, variance: variance.map((value, j) => (constant.includes(j) ? 0 : value)), constant };
      },
    }),
    ["degenerate-data/survives"],
  ],
  "a fit that writes to its rows": [
    withFit(async (sound, X, context) => {
      const model = await sound(X, context);
      if (X.data instanceof Float64Array) X.data[0]! += 1;
      return model;
    }),
    ["inputs/untouched"],
  ],
  "a fit that depends on the clock": [
    withFit((sound, X, context) =>
      sound(
        X.data instanceof Float64Array
          ? matrix(
              X.data.map((x) => x + 1e-9 * performance.now()),
              X.rows,
              X.columns,
            )
          : X,
        context,
      ),
    ),
    ["bits/seed"],
  ],
  "a fit that throws instead of rejecting": [
    withFit((sound, X, context) => {
      if (X === null) throw new TypeError("at once, and under no code");
      return sound(X, context);
    }),
    ["bad-input/rows"],
  ],
  "a fit that cannot be called off": [withFit((sound, X, { signal: _, ...context }) => sound(X, context)), ["event-loop/abort"]],
  "a fit that keeps the event loop to itself": [
    withFit(async (sound, X, context) => {
      keepBusy(80);
      return sound(X, context);
    }),
    ["event-loop/stall"],
  ],
  "a fit that leaves a timer": [
    withFit((sound, X, context) => {
      setTimeout(() => undefined, 2000);
      return sound(X, context);
    }),
    ["left-behind/resources"],
  ],
  "a fit that swallows what onProgress throws": [
    withFit((sound, X, { onProgress, ...context }) =>
      sound(X, {
        ...context,
        onProgress(event) {
          try {
            onProgress?.(event);
          } catch {
            // nobody hears of it
          }
        },
      }),
    ),
    ["event-loop/progress"],
  ],
  "a reader that trusts its file": [
    { ...normalBox(), revive: (json) => new FittedNormalBox({ ...(json as unknown as NormalBoxPayload) }) },
    ["json/damaged"],
  ],
  "decisions with their signs turned": [normalBox(asModel(SignsTurned)), ["detection/decisions"]],
  "an outlier that scores best of all": [normalBox(asModel(MostNormalOut)), ["detection/ordering"]],
  "a point that is judged by another threshold": [normalBox({ model: withOtherPoint }), ["detection/one-point"]],
  "weights that it looks for in one place only": [
    withFit((sound, X, { sampleWeight, signal, onProgress }) =>
      sound(X, {
        ...(sampleWeight === undefined ? {} : { sampleWeight }),
        ...(signal === undefined ? {} : { signal }),
        ...(onProgress === undefined ? {} : { onProgress }),
      }),
    ),
    ["bad-input/misplaced-weights"],
  ],
  "a point that takes null for zero": [normalBox({ model: withTrustingPoint }), ["bad-input/one-point"]],
  "a share of outliers that is passed over": [
    { ...normalBox(), create: () => normalBox().create({ contamination: 0.3 }) },
    ["detection/contamination"],
  ],
  "options that are passed over": [
    { ...normalBox(), create: () => normalBox().create({}) },
    ["bad-options/declared", "bad-options/unknown"],
  ],
};

describe("the laws of estimators", () => {
  it.each(Object.entries(SPOILED))("catch %s", async (_, [plugin, laws]) => {
    expect(await brokenLaws(plugin, laws)).toEqual(expect.arrayContaining([...laws]));
  });

  it("report every law that applies, once, with its worst figure where it has one", async () => {
    const results = await runEstimatorLaws({ name: "a normal box", plugin: normalBox(), fits: twoGroups });

    expect(new Set(results.map(({ id }) => id)).size).toBe(results.length);
    expect(results.every(({ figure }) => figure === undefined || (figure.worst <= figure.tolerance && figure.reason !== ""))).toBe(true);
    expect(results.map(({ id }) => id)).not.toContain("bits/blocks");
  });
});
