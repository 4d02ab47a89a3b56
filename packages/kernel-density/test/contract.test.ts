import { loadData } from "@mixtura/fixtures";
import type { EstimatorSubject } from "@mixtura/testing";
import { describeEstimator } from "@mixtura/testing";
import { describe, expect, it } from "vitest";
import { plugins } from "../src/index.ts";

const plugin = plugins[0]!;
const fits = loadData("faithful").rows;
/** A density costs its training rows per row: the variants keep the numerical laws on a third of them. */
const someFits = fits.filter((_, row) => row % 3 === 0);
const offGrid = {
  "density/integral-grid":
    "a kernel with an edge or a kink is not smooth, and a plain sum over a grid then misses more than 1e-6 of its integral",
};

const subjects: readonly EstimatorSubject[] = [
  { name: "KernelDensity", plugin, fits, scaling: "per-feature" },
  {
    name: "KernelDensity, whitened",
    plugin,
    fits: someFits,
    options: { scaling: "whitened", bandwidth: "silverman" },
    laws: "numerical",
    scaling: "per-feature",
  },
  { name: "KernelDensity, absolute bandwidth", plugin, fits: someFits, options: { bandwidth: 0.5 }, laws: "numerical", scaling: "none" },
  {
    name: "KernelDensity, Epanechnikov",
    plugin,
    fits: someFits,
    options: { kernel: "epanechnikov" },
    laws: "numerical",
    scaling: "per-feature",
    expectedFailures: offGrid,
  },
  {
    name: "KernelDensity, tophat",
    plugin,
    fits: someFits,
    options: { kernel: "tophat" },
    laws: "numerical",
    scaling: "per-feature",
    expectedFailures: offGrid,
  },
];

for (const subject of subjects) describeEstimator(subject, { describe, expect, it });
