import { emptyMoments } from "@mixtura/backend";
import { describe, expect, it } from "vitest";
import { covarianceKind, covarianceTypes } from "../src/covariance/kinds.ts";
import { maximise } from "../src/em/m-step.ts";

const D = 2;
const rows = [
  [1, 2],
  [4, 0],
  [2, 7],
  [5, 5],
  [3, 1],
];
/** Responsibilities of two components, and what each row counts with by its distance. */
const r = [
  [0.9, 0.1],
  [0.2, 0.8],
  [0.5, 0.5],
  [0.3, 0.7],
  [0.6, 0.4],
];
const u = [
  [1.5, 0.2],
  [0.7, 1.1],
  [0.4, 0.9],
  [1, 0.3],
  [0.8, 1.3],
];

describe("the M-step of rows that are weighted by their distance", () => {
  it.each(covarianceTypes)("divides means by the radial mass and scatter by the mass, about any centres: %s", (covarianceType) => {
    const kind = covarianceKind(covarianceType);
    const centres = Float64Array.of(2.5, 2, 3, 4);
    const moments = { ...emptyMoments(kind.scatter, 2, D, centres), radialMass: new Float64Array(2) };
    const full = [0, 1].map(() => [
      [0, 0],
      [0, 0],
    ]);
    rows.forEach((x, i) => {
      for (let k = 0; k < 2; k++) {
        const weight = r[i]![k]! * u[i]![k]!;
        const away = x.map((value, j) => value - centres[k * D + j]!);
        moments.s0[k]! += r[i]![k]!;
        moments.radialMass[k]! += weight;
        for (let j = 0; j < D; j++) moments.s1[k * D + j]! += weight * away[j]!;
        const squares = away.map((a) => away.map((b) => weight * a * b));
        if (kind.scatter === "full") squares.flat().forEach((value, at) => (moments.S2[k * D * D + at]! += value));
        else if (kind.scatter === "pooled") squares.flat().forEach((value, at) => (moments.S2[at]! += value));
        else if (kind.scatter === "diag") squares.forEach((row, j) => (moments.S2[k * D + j]! += row[j]!));
        else moments.S2[k]! += squares[0]![0]! + squares[1]![1]!;
      }
    });
    const size = kind.shared ? 1 : 2;
    const previous = {
      weights: Float64Array.of(0.5, 0.5),
      means: centres,
      covariances: new Float64Array(kind.project(new Float64Array(D * D), D).length * size),
      whitening: new Float64Array(0),
    };

    const { parameters } = maximise(kind, moments, previous, { regularisation: new Float64Array(D), least: new Float64Array(D) });

    // Peel & McLachlan, Robust mixture modelling using the t distribution, Statistics and Computing 10 (2000), eqs. 27–29.
    for (let k = 0; k < 2; k++) {
      const mass = rows.reduce((sum, _, i) => sum + r[i]![k]!, 0);
      const radial = rows.reduce((sum, _, i) => sum + r[i]![k]! * u[i]![k]!, 0);
      const mean = [0, 1].map((j) => rows.reduce((sum, x, i) => sum + r[i]![k]! * u[i]![k]! * x[j]!, 0) / radial);
      mean.forEach((value, j) => expect(parameters.means[k * D + j]).toBeCloseTo(value, 12));
      expect(parameters.weights[k]).toBeCloseTo(mass / rows.length, 14);
      for (let a = 0; a < D; a++)
        for (let b = 0; b < D; b++)
          full[k]![a]![b] = rows.reduce((sum, x, i) => sum + r[i]![k]! * u[i]![k]! * (x[a]! - mean[a]!) * (x[b]! - mean[b]!), 0) / mass;
    }
    const masses = parameters.weights;
    const pooled = full[0]!.map((row, a) => row.map((value, b) => masses[0]! * value + masses[1]! * full[1]![a]![b]!));
    const right = kind.shared ? [pooled] : full;
    const found = Array.from({ length: size }, (_, block) =>
      kind.expand(
        parameters.covariances.subarray(
          block * (parameters.covariances.length / size),
          (block + 1) * (parameters.covariances.length / size),
        ),
        D,
      ),
    );
    right.forEach((matrix, block) => {
      const wanted = kind.expand(kind.project(Float64Array.from(matrix.flat()), D), D);
      wanted.forEach((value, at) => expect(found[block]![at]).toBeCloseTo(value, 12));
    });
  });
});
