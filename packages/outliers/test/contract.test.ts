import { referenceBackend } from "@mixtura/backend";
import { loadData } from "@mixtura/fixtures";
import { GaussianMixture } from "@mixtura/mixture";
import type { EstimatorSubject } from "@mixtura/testing";
import { describeEstimator } from "@mixtura/testing";
import type { DataCopy } from "@mixtura/testing/internal";
import { describe, expect, it } from "vitest";
import { plugins } from "../src/index.ts";

const faithful = loadData("faithful").rows;
const pluginOf = (type: string): EstimatorSubject["plugin"] => plugins.find((plugin) => plugin.type === type)!;

/** Two rows of Old Faithful, one of each group, as starting means. */
const meansInit = (copy: DataCopy): number[][] => [0, 1].map((row) => faithful[row]!.map((value, j) => copy.moved(value, j)));

/** Squared distances do not change when features are scaled. */
const unscaled = (score: number): number => score;

const subjects: readonly EstimatorSubject[] = [
  {
    name: "EllipticEnvelope",
    plugin: pluginOf("EllipticEnvelope"),
    fits: faithful,
    scaling: "per-feature",
    scaledScore: unscaled,
    minimumRows: 2,
    backend: referenceBackend,
    refused: [
      { options: { supportCount: 3 }, code: "invalid-option" },
      { options: { novelty: true, threshold: { fpr: 1e-3 } }, code: "too-few-rows" },
    ],
  },
  {
    name: "EllipticEnvelope, Hardin and Rocke's cutoff",
    plugin: pluginOf("EllipticEnvelope"),
    options: { threshold: { hardinRocke: 0.975 } },
    fits: faithful,
    scaling: "per-feature",
    scaledScore: unscaled,
    minimumRows: 2,
    laws: "numerical",
  },
  {
    name: "EllipticEnvelope of a shrunk covariance, calibrated on held-out rows",
    plugin: pluginOf("EllipticEnvelope"),
    options: { covariance: "ledoit-wolf", novelty: true, threshold: { fpr: 0.05 } },
    fits: faithful,
    scaling: "uniform",
    scaledScore: unscaled,
    laws: "numerical",
    expectedFailures: {
      "equivariance/permutation": "the rows that are held out are drawn by their place, so that their values have no say in it",
    },
  },
  {
    name: "MixtureDetector",
    plugin: pluginOf("MixtureDetector"),
    options: { nComponents: 2, covarianceType: "full" },
    fits: faithful,
    starts: [(copy) => ({ meansInit: meansInit(copy) })],
    scaling: "per-feature",
    scaledScore: (score, scale) => score - scale.reduce((sum, factor) => sum + Math.log(factor), 0), // it is a density
    minimumRows: 2,
    backend: referenceBackend,
    refused: [
      { options: { meansInit: [[1]] }, code: "invalid-shape" },
      { options: { novelty: true, threshold: { fpr: 1e-3 } }, code: "too-few-rows" },
    ],
  },
  {
    name: "MixtureDetector, chosen by BIC",
    plugin: pluginOf("MixtureDetector"),
    options: { nComponents: [1, 2], covarianceType: ["full", "tied"] },
    fits: faithful,
    scaling: "none",
    laws: "numerical",
    expectedFailures: {},
  },
  {
    name: "MixtureDetector, calibrated on held-out rows",
    plugin: pluginOf("MixtureDetector"),
    options: { nComponents: 1, covarianceType: "full", novelty: true, threshold: { fpr: 0.05 } },
    fits: faithful,
    laws: "numerical",
    scaling: "per-feature",
    scaledScore: (score, scale) => score - scale.reduce((sum, factor) => sum + Math.log(factor), 0),
    expectedFailures: {
      "equivariance/permutation": "the rows that are held out are drawn by their place, so that their values have no say in it",
    },
  },
  {
    name: "RefitOnInliers of a mixture",
    plugin: pluginOf("RefitOnInliers"),
    options: { estimator: new GaussianMixture({ nComponents: 2 }) },
    fits: faithful,
    starts: [(copy) => ({ estimator: new GaussianMixture({ nComponents: 2, meansInit: meansInit(copy) }) })],
    scaling: "per-feature",
    scaledScore: (score, scale) => score - scale.reduce((sum, factor) => sum + Math.log(factor), 0),
    minimumRows: 2,
    backend: referenceBackend,
  },
];

for (const subject of subjects) describeEstimator(subject, { describe, expect, it });
