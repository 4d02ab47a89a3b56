// Every estimator of the registry on every backend that this machine has: the same rows in other units, with weights in other units, in another order and
// repeated, and beside rows that do not count. The conformance suite asks for shifts, for scales of 1e±9 and for whole starts; here numbers go as far
// as doubles let them, and backends are held to the same answers.
import type { Backend } from "@mixtura/backend";
import type { AnyEstimatorPlugin, FittedModel } from "@mixtura/core";
import { isMixturaError } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { plugins } from "mixtura";
import { describe, expect, it } from "vitest";
import { places } from "../src/places.ts";

const groups = [
  [0, 0],
  [40, -20],
];
const random = createRandom(18);
/** Two groups so far apart that no start and no order of sums leads elsewhere; multiples of 2⁻²⁰. */
const rows = Array.from({ length: 48 }, (_, i) => groups[i % 2]!.map((centre) => centre + Math.round(random.normal() * 2 ** 20) / 2 ** 20));
const weights = rows.map((_, i) => 1 + (i % 3));

/** Options under which an estimator finds the two groups. */
const options: Readonly<Record<string, readonly ((move: (point: readonly number[]) => number[]) => object)[]>> = {
  GaussianMixture: ["full", "tied", "diag", "tied-diag", "spherical"].map((covarianceType) => (move) => ({
    nComponents: 2,
    covarianceType,
    meansInit: groups.map(move),
  })),
  BayesianGaussianMixture: ["full", "tied", "diag", "tied-diag", "spherical"].map((covarianceType) => (move) => ({
    nComponents: 2,
    covarianceType,
    meansInit: groups.map(move),
  })),
  KMeans: [(move) => ({ nClusters: 2, init: groups.map(move) })],
  KernelDensity: [() => ({}), () => ({ scaling: "whitened" })],
  MixtureDetector: [() => ({ nComponents: 2, covarianceType: "full", randomState: 1 })],
  MinCovDet: [() => ({ randomState: 1 })],
  MRCD: [() => ({})],
  EllipticEnvelope: [() => ({ randomState: 1 })],
  RefitOnInliers: [() => ({ randomState: 1 })],
};

/** One variance for all features, or distances in units that are taken as comparable. */
const comparesUnits = (plugin: AnyEstimatorPlugin, given: object): boolean =>
  ["KMeans", "ShrunkCovariance", "LedoitWolf", "OAS", "MRCD"].includes(plugin.type) ||
  (given as { covarianceType?: string }).covarianceType === "spherical";
/** Where a weight is more than a frequency: n itself says how wide a kernel is, what a prior is worth, how far to shrink, which quantile to take. */
const countsRows = ({ type }: AnyEstimatorPlugin): boolean =>
  !["GaussianMixture", "KMeans", "EmpiricalCovariance", "ShrunkCovariance"].includes(type);

interface Asked {
  readonly labels: readonly number[] | undefined;
  /** Natural-log densities, or scores of another unit. */
  readonly scores: readonly number[] | undefined;
}

type Answering = FittedModel & {
  readonly measure?: string;
  predict?(X: readonly (readonly number[])[]): Promise<Int32Array>;
  scoreSamples?(X: readonly (readonly number[])[]): Promise<Float64Array>;
};

async function ask(model: Answering, X: readonly (readonly number[])[]): Promise<Asked> {
  return {
    labels: model.predict && [...(await model.predict(X))],
    scores: model.scoreSamples && [...(await model.scoreSamples(X))],
  };
}

function requireSame(found: Asked, right: Asked, change: number, tolerance: number, isLabelled: boolean): void {
  if (isLabelled) expect(found.labels).toEqual(right.labels);
  found.scores?.forEach((score, i) => {
    const wanted = right.scores![i]! + change;
    expect(Math.abs(score - wanted), `score of row ${i}: ${score} for ${wanted}`).toBeLessThanOrEqual(
      tolerance * Math.max(1, Math.abs(right.scores![i]!)),
    );
  });
}

/** The backends that an estimator computes on, or the one place where it does. */
function placesOf(
  plugin: AnyEstimatorPlugin,
  given: object,
): readonly { readonly name: string; readonly precision: string; readonly extra: object }[] {
  const everywhere = places.map(({ name, precision, backend }) => ({ name, precision, extra: { backend } }));
  try {
    plugin.create({ ...given, backend: referenceOf() });
    return everywhere;
  } catch (error) {
    if (!isMixturaError(error, "unknown-option")) throw error;
    return [{ name: "the host", precision: "float64", extra: {} }];
  }
}

function referenceOf(): Backend {
  return places.find(({ name }) => name === "reference")!.backend;
}

const cases = plugins.flatMap((plugin) =>
  (options[plugin.type] ?? [() => ({})]).flatMap((make) =>
    placesOf(
      plugin,
      make((point) => [...point]),
    ).map((place) => ({
      plugin,
      make,
      place,
      name: [plugin.type, ...Object.values(make(() => [])).filter((value) => typeof value === "string"), "on", place.name].join(" "),
    })),
  ),
);

it("is tried on every backend of float64 there is", () => {
  expect(places.map(({ name }) => name)).toEqual(expect.arrayContaining(["wasm", "reference", "ml-matrix", "wasm-one-thread", "tfjs-cpu"]));
});

describe.each(cases)("$name", ({ plugin, make, place }) => {
  // Sums in another order, iteration after iteration; float32 is held to what its guard lets pass.
  const tolerance = place.precision === "float64" ? 1e-9 : 2e-4;
  // Whether a row at the very threshold of a detector is an outlier, single precision need not know.
  const isLabelled = place.precision === "float64" || plugin.capabilities.includes("clustering");
  const isWeighted = plugin.capabilities.includes("weights");
  const fit = async (
    X: readonly (readonly number[])[],
    move: (point: readonly number[]) => number[],
    sampleWeight?: readonly number[],
  ): Promise<Answering> =>
    await plugin.create({ ...make(move), ...place.extra }).fit(X, sampleWeight === undefined || !isWeighted ? {} : { sampleWeight });
  const still = (point: readonly number[]): number[] => [...point];

  it("answers alike in units of 2^±200, of each feature where it does not compare them", async () => {
    const right = await ask(await fit(rows, still, weights), rows);
    const isDensity = plugin.capabilities.includes("density") || ["MixtureDetector", "RefitOnInliers"].includes(plugin.type);
    const powers = comparesUnits(plugin, make(still))
      ? [
          [200, 200],
          [-200, -200],
        ]
      : [
          [200, -200],
          [-200, 30],
        ];
    for (const power of powers) {
      const move = (point: readonly number[]): number[] => point.map((x, j) => x * 2 ** power[j]!);
      const scaled = rows.map(move);
      const found = await ask(await fit(scaled, move, weights), scaled);
      const change = isDensity ? -Math.LN2 * power.reduce((sum, p) => sum + p, 0) : 0;
      requireSame(found, right, change, tolerance, isLabelled);
    }
  });

  it("answers alike for rows in another order, and repeated in place of weights", async () => {
    const right = await ask(await fit(rows, still, weights), rows);
    const repeated = rows.flatMap((row, i) => Array.from({ length: isWeighted ? weights[i]! : 1 }, () => row));
    const order = [...createRandom(3).permutation(repeated.length)];

    requireSame(
      await ask(
        await fit(
          order.map((i) => repeated[i]!),
          still,
        ),
        rows,
      ),
      right,
      0,
      tolerance,
      isLabelled,
    );
  });

  const noWeights = isWeighted ? "" : " (does not apply: it takes no weights)";
  const inRows = isWeighted && countsRows(plugin) ? " (does not apply: its weights count rows)" : noWeights;

  it.runIf(isWeighted)(`does not see rows of weight 0, however far${noWeights}`, async () => {
    const right = await ask(await fit(rows, still, weights), rows);
    for (const far of [1e9, 1e160, 1.7e308]) {
      const more = [[far, -far], ...rows, [-far, far]];
      requireSame(await ask(await fit(more, still, [0, ...weights, 0]), rows), right, 0, tolerance, isLabelled);
    }
  });

  it.runIf(isWeighted && !countsRows(plugin))(`answers alike for weights in units of 2^±600${inRows}`, async () => {
    const right = await ask(await fit(rows, still, weights), rows);
    for (const power of [600, -600])
      requireSame(
        await ask(
          await fit(
            rows,
            still,
            weights.map((w) => w * 2 ** power),
          ),
          rows,
        ),
        right,
        0,
        tolerance,
        isLabelled,
      );
  });
});
