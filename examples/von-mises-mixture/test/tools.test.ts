import type { Estimator, Mixture, MixturePlugin } from "@mixtura/core";
import { matrix, toMatrix } from "@mixtura/core";
import { gaussianMixturePlugin } from "@mixtura/mixture";
import { crossValidate, mergeComponents, selectMixture, stability } from "@mixtura/model-selection";
import { cleanFit, MixtureDetector, RefitOnInliers } from "@mixtura/outliers";
import { histogramPlot, plotMixture } from "@mixtura/plot";
import { renderReport, surveyRows } from "@mixtura/report";
import { describe, expect, it } from "vitest";
import type { FittedVonMisesMixture, VonMisesMixtureOptions } from "../src/index.ts";
import { plugins, VonMisesMixture, vonMisesMixturePlugin } from "../src/index.ts";
import { hours } from "./angles.ts";

const { rows, groups } = hours();
const X = toMatrix(rows, { caller: "test" });
const options = { estimator: [vonMisesMixturePlugin], nComponents: [1, 2, 3], randomState: 1 };

describe("selectMixture", () => {
  it("chooses the number of components by every criterion", async () => {
    for (const criterion of ["bic", "icl", "cv"] as const) {
      const { best, candidates } = await selectMixture(X, { ...options, criterion, folds: 4 });

      expect(candidates.map(({ nComponents, form }) => `${nComponents} ${form}`)).toEqual([
        "1 VonMisesMixture",
        "2 VonMisesMixture",
        "3 VonMisesMixture",
      ]);
      expect(best.nComponents).toBe(2);
      expect(best.type).toBe("VonMisesMixture");
    }
  });

  it("starts once more from the solution with fewer components, split", async () => {
    const { candidates } = await selectMixture(X, { ...options, nInit: 1 });

    expect(candidates.map(({ splitFrom }) => splitFrom)).toEqual([undefined, 1, 2]);
  });

  it("goes on from its JSON, bit for bit", async () => {
    const selection = await selectMixture(X, options);
    const again = await selectMixture(X, options, { resume: JSON.stringify(selection) });

    expect(JSON.stringify(again)).toBe(JSON.stringify(selection));
  });

  it("holds it against Gaussian mixtures: both are densities per radian", async () => {
    const { winner, candidates } = await selectMixture<FittedVonMisesMixture | Awaited<ReturnType<typeof gaussian>>>(X, {
      estimator: [vonMisesMixturePlugin, gaussianMixturePlugin],
      nComponents: [1, 2, 3],
      covarianceType: "full",
      randomState: 1,
    });

    expect(candidates).toHaveLength(6);
    // The evening lies across the end of the turn: a Gaussian mixture needs a component for each side.
    expect(winner).toMatchObject({ estimator: "VonMisesMixture", nComponents: 2 });
  });

  const gaussian = () => gaussianMixturePlugin.create({}).fit(X);

  it("compares no densities of different measures", async () => {
    /** The same models, saying that they count. */
    const counting: MixturePlugin<VonMisesMixtureOptions> = {
      ...vonMisesMixturePlugin,
      type: "Counting",
      create(given) {
        const { options: checked, ...estimator } = new VonMisesMixture(given);
        const fit: Estimator<Mixture>["fit"] = async (data, context) => {
          const model = await new VonMisesMixture(given).fit(data, context);
          return new Proxy({} as Mixture, {
            get: (_, name) => {
              const value: unknown = name === "measure" ? "counting" : Reflect.get(model, name, model);
              return typeof value === "function" ? (value.bind(model) as unknown) : value;
            },
          });
        };
        return { ...estimator, options: checked, fit };
      },
    };

    await expect(selectMixture<Mixture>(X, { ...options, estimator: [vonMisesMixturePlugin, counting] })).rejects.toMatchObject({
      code: "not-supported",
    });
  });

  it("refuses options that the estimator does not have", async () => {
    await expect(selectMixture(X, { ...options, covarianceType: "full" })).rejects.toMatchObject({ code: "invalid-option" });
    await expect(selectMixture(X, { ...options, regCovar: 0 })).rejects.toMatchObject({ code: "invalid-option" });
  });
});

describe("what is asked of a selection's models", () => {
  it("is answered: cross-validation, stability, merging of components", async () => {
    const estimator = new VonMisesMixture({ nComponents: 2, randomState: 1 });
    const one = await crossValidate(new VonMisesMixture({ randomState: 1 }), X, { folds: 5, randomState: 1 });
    const two = await crossValidate(estimator, X, { folds: 5, randomState: 1 });
    expect(two.mean).toBeGreaterThan(one.mean);

    const { rows: steady } = await stability(X, { estimator: vonMisesMixturePlugin, nComponents: [2, 4], nResamples: 4, randomState: 1 });
    expect(steady.map(({ form }) => form)).toEqual(["VonMisesMixture", "VonMisesMixture"]);
    expect(steady[0]!.mean).toBeGreaterThan(0.9);

    const merging = await mergeComponents(await estimator.fit(X), X);
    expect(merging.clusters.map(({ nClusters }) => nClusters)).toEqual([2, 1]);
  });
});

describe("the report", () => {
  it("tells of it in its own words, with its picture", async () => {
    const { best, ...selection } = await selectMixture(X, options);
    const survey = await surveyRows(best, X, { randomState: 1 });

    const page = renderReport({ source: "hours", X, outcome: { ...selection, model: best }, survey });

    expect(page).toContain("Von Mises mixture report");
    expect(page).toContain("Chosen: 2 von Mises components; 5 free parameters.");
    expect(page).toMatch(/hour around -0\.\d\d rad, κ = \d/);
    expect(page).toContain("new VonMisesMixture({");
    expect(page).toContain("Histogram of hour");
    expect(page).toContain("Most unusual rows");
    expect([...page.matchAll(/.{30}(?:undefined|NaN|covariance).{30}/g)].map(([text]) => text)).toEqual([]);
  });

  it("draws rows alone where there are two angles", async () => {
    const pairs = matrix(
      Float64Array.from({ length: 2 * X.rows }, (_, at) => (at % 2 === 0 ? X.data[at / 2]! : 0.3 * Math.sin(at))),
      X.rows,
      2,
    );
    const model = await new VonMisesMixture({ nComponents: 2, randomState: 1 }).fit(pairs);
    const survey = await surveyRows(model, pairs, { randomState: 1 });
    const outcome = { model, candidates: [], criterion: "bic", seed: 1, elapsedMilliseconds: 1 } as const;

    expect(renderReport({ source: "pairs", X: pairs, outcome, survey })).toContain("Rows by group, in pairs of features.");
  });
});

describe("pictures", () => {
  it("show the curve of each component and their sum", async () => {
    const model = await new VonMisesMixture({ nComponents: 2, randomState: 1 }).fit(X);

    const svg = plotMixture({ X, components: model });

    expect(svg).toContain("The mixture has 2 components");
    const curves = [...svg.matchAll(/<path d="M([^"]*)" fill="none"/g)].map(([, d]) => d!.split("L").length);
    expect(Math.max(...curves)).toBeGreaterThan(200);
    expect(plotMixture({ X, components: model })).toBe(svg);
  });

  it("draw a density whose area is 1", async () => {
    const model = await new VonMisesMixture({ nComponents: 1, randomState: 1 }).fit(X);
    const points = Array.from({ length: 5 }, (_, i) => [i - 2]);
    // The height of the curve is the density itself: the same picture by hand-made densities of these values.
    const own = { weights: [1], components: [{ logDensity: (x: ArrayLike<number>) => model.point.logDensity(x) }] };

    expect(histogramPlot({ X: points, components: own, featureNames: ["hour"] })).toBe(
      histogramPlot({ X: points, components: model, featureNames: ["hour"] }),
    );
    expect(() => histogramPlot({ components: own })).toThrow(/do not say where they reach/);
  });
});

describe("detectors", () => {
  it("judge rows by it, and read it back by its plugin", async () => {
    const mixture = await new VonMisesMixture({ nComponents: 2, randomState: 1 }).fit(X);

    const detector = await new MixtureDetector({ mixture, threshold: { contamination: 0.05 } }).fit(X);

    // Noon is far from both groups; a turn more is the same place.
    expect(await detector.predict([[1], [1 + 2 * Math.PI], [-0.8]])).toEqual(Int32Array.of(-1, -1, 1));
    expect(detector.point.isOutlier([1])).toBe(true);
    const again = MixtureDetector.load(JSON.stringify(detector), { plugins });
    expect(await again.scoreSamples(X)).toEqual(await detector.scoreSamples(X));
    await expect(detector.explain([[1]])).rejects.toMatchObject({ code: "not-supported" });
  });

  it("are made by cleaning it", async () => {
    const estimator = new VonMisesMixture({ nComponents: 2, randomState: 1 });

    const { model } = await cleanFit(estimator, X, { rule: { contamination: 0.05 }, rounds: 2 });
    const detector = await new RefitOnInliers({ estimator, rule: { contamination: 0.05 } }).fit(X);

    expect(model.type).toBe("VonMisesMixture");
    expect(await detector.predict([[1], [-0.8]])).toEqual(Int32Array.of(-1, 1));
  });

  it("do not mix up what the rows were drawn from", async () => {
    const model = await new VonMisesMixture({ nComponents: 2, randomState: 1 }).fit(X);
    const labels = await model.predict(X);
    const agreeing = labels.filter((label, i) => (label === labels[0]) === (groups[i] === groups[0])).length;

    expect(agreeing / rows.length).toBeGreaterThan(0.97);
  });
});
