import { normOf } from "@mixtura/core/internal";
import { invertLower } from "@mixtura/backend/internal/factors";
import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import type { Component, MixtureView } from "./components.ts";
import { componentsOf } from "./components.ts";
import type { Explanation, ExplanationMethod } from "./explanation.ts";
import { FAR_SQUARE, farExplainer } from "./far.ts";
import { nearestRotation } from "./polar.ts";
import { toResponsibilities } from "./responsibilities.ts";

/** Rotations to corr-max coordinates, one per component. */
const rotations = /* @__PURE__ */ new WeakMap<Component, Float64Array>();

/**
 * The rotation that turns whitened coordinates into those of the corr-max transformation, R^(−½) D: with L̃ = D L the Cholesky factor of the
 * correlations R, R^(−½) D = Q W, where Q is the orthogonal factor of L̃. So lengths stay to rounding, however correlated the features are.
 */
function rotationOf(component: Component, d: number): Float64Array {
  const before = rotations.get(component);
  if (before !== undefined) return before;
  const factor = invertLower(component.whitening, d);
  for (let i = 0; i < d; i++) {
    const row = factor.subarray(i * d, i * d + d);
    const deviation = normOf(row);
    for (let j = 0; j <= i; j++) row[j]! /= deviation;
  }
  const rotation = nearestRotation(factor, d);
  rotations.set(component, rotation);
  return rotation;
}

/**
 * Why rows lie where they lie under Gaussian components.
 *
 * With y = x − μ and Ω = Σ⁻¹, all from the whitening factor: the Shapley value of the squared distance is yⱼ [Ω y]ⱼ; given all other features,
 * feature j is expected at xⱼ − [Ω y]ⱼ / Ωⱼⱼ with variance 1 / Ωⱼⱼ. For a mixture, distances and contributions are means over the components by
 * their responsibilities in the row; the expectation of feature j is that of the mixture given the other features, whose responsibilities leave feature j out.
 *
 * Rows whose squared distance from a component is 1e12 or more, or overflows, are explained one by one: {@link farExplainer}.
 *
 * @remarks O(n·k·d²) time, O(k·d³) for each row far out.
 * @see Mayrhofer & Filzmoser, Multivariate outlier explanations using Shapley values and Mahalanobis distances, Econometrics and Statistics (2023)
 * @see Garthwaite & Koch, Evaluating the contributions of individual variables to a quadratic form, Aust. N. Z. J. Stat. 58 (2016)
 */
export async function explainByGaussians(
  view: MixtureView,
  X: Matrix,
  method: ExplanationMethod,
  pace: Pace,
  caller: string,
): Promise<Explanation> {
  const components = componentsOf(view, caller);
  const { data, rows, columns: d, featureNames } = X;
  const k = components.length;
  const offsets = components.map(({ weight, logDeterminant }) => Math.log(weight) + logDeterminant);
  const turns = method === "corr-max" ? components.map((component) => rotationOf(component, d)) : undefined;
  const value = new Float64Array(rows);
  const [contributions, expected, deviation, surprise] = [1, 2, 3, 4].map(() => new Float64Array(rows * d)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const explainFar = farExplainer(components, offsets, turns, d, { value, contributions, expected, deviation, surprise });
  const difference = new Float64Array(d);
  const pulls = new Float64Array(k * d); // Ω (x−μ) of each component
  const whitened = new Float64Array(k * d);
  const squares = new Float64Array(k);
  const terms = new Float64Array(k);
  const responsibilities = new Float64Array(k);
  for (let row = 0; row < rows; row++) {
    if (row % 64 === 63 && pace.due()) await pace.turn();
    const at = row * d;
    let near = true;
    for (let c = 0; c < k; c++) {
      const { mean } = components[c]!;
      for (let j = 0; j < d; j++) difference[j] = data[at + j]! - mean[j]!;
      squares[c] = pull(components[c]!.whitening, difference, whitened, pulls, c * d);
      terms[c] = offsets[c]! - 0.5 * squares[c]!;
      near &&= squares[c]! < FAR_SQUARE;
    }
    if (!near) {
      explainFar(data, row);
      if (pace.due()) await pace.turn(); // a row costs d times as much here
      continue;
    }
    toResponsibilities(terms, responsibilities);
    for (let c = 0; c < k; c++) {
      const responsibility = responsibilities[c]!;
      if (responsibility === 0) continue;
      value[row]! += responsibility * squares[c]!;
      if (turns === undefined) {
        const { mean } = components[c]!;
        for (let j = 0; j < d; j++) contributions[at + j]! += responsibility * (data[at + j]! - mean[j]!) * pulls[c * d + j]!;
      } else addSquares(turns[c]!, whitened, c * d, responsibility, contributions, at, d);
    }
    for (let j = 0; j < d; j++) {
      // Leaving feature j out divides a component's density by that of xⱼ given the others.
      for (let c = 0; c < k; c++) {
        const precision = components[c]!.precisions[j]!;
        terms[c] = offsets[c]! - 0.5 * (squares[c]! - pulls[c * d + j]! ** 2 / precision) - 0.5 * Math.log(precision);
      }
      toResponsibilities(terms, responsibilities);
      let move = 0; // from where the feature is to where it should be
      for (let c = 0; c < k; c++)
        if (responsibilities[c]! > 0) move -= (responsibilities[c]! * pulls[c * d + j]!) / components[c]!.precisions[j]!;
      let variance = 0;
      for (let c = 0; c < k; c++) {
        const { precisions } = components[c]!;
        if (responsibilities[c] === 0) continue;
        variance += responsibilities[c]! * (1 / precisions[j]! + (pulls[c * d + j]! / precisions[j]! + move) ** 2);
      }
      deviation[at + j] = Math.sqrt(variance);
      expected[at + j] = data[at + j]! + move;
      surprise[at + j] = (0 - move) / deviation[at + j]!;
      near &&= Number.isFinite(expected[at + j]! + deviation[at + j]! + surprise[at + j]!);
    }
    if (!near) explainFar(data, row); // components themselves are as large or small as doubles go
  }
  const table = (numbers: Float64Array): Matrix => matrix(numbers, rows, d, featureNames);
  return Object.freeze({
    method,
    value,
    contributions: table(contributions),
    expected: table(expected),
    deviation: table(deviation),
    surprise: table(surprise),
  });
}

/** Writes W y and Ω y, both from an offset on; returns the squared length of the former. */
function pull(whitening: Float64Array, y: Float64Array, whitened: Float64Array, pulls: Float64Array, to: number): number {
  const d = y.length;
  let square = 0;
  pulls.fill(0, to, to + d);
  for (let i = 0; i < d; i++) {
    let z = 0;
    for (let j = 0; j <= i; j++) z += whitening[i * d + j]! * y[j]!;
    whitened[to + i] = z;
    square += z * z;
    for (let j = 0; j <= i; j++) pulls[to + j]! += whitening[i * d + j]! * z;
  }
  return square;
}

/** Adds responsibility × (Q w)ⱼ². */
function addSquares(
  rotation: Float64Array,
  whitened: Float64Array,
  from: number,
  responsibility: number,
  out: Float64Array,
  at: number,
  d: number,
): void {
  for (let i = 0; i < d; i++) {
    let z = 0;
    for (let j = 0; j < d; j++) z += rotation[i * d + j]! * whitened[from + j]!;
    out[at + i]! += responsibility * z * z;
  }
}
