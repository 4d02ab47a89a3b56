import { symmetricEigen } from "@mixtura/backend/internal/algebra";
import { createRandom } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import { principalAxes } from "../src/data/principal-axes.ts";

const normals = (n: number, d: number, scales: (j: number) => number, seed = 3): Float64Array => {
  const random = createRandom(seed);
  return Float64Array.from({ length: n * d }, (_, at) => scales(at % d) * random.normal());
};

function covariance(Z: Float64Array, n: number, d: number): Float64Array {
  const out = new Float64Array(d * d);
  for (let row = 0; row < n; row++)
    for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) out[i * d + j]! += (Z[row * d + i]! * Z[row * d + j]!) / n;
  return out;
}

/** Rows ±eⱼ: every direction is spread alike, exactly. */
const equal = (d: number): Float64Array =>
  Float64Array.from({ length: 2 * d * d }, (_, at) => (Math.floor(at / d) % d === at % d ? (at < d * d ? 1 : -1) : 0));

const cases: readonly (readonly [what: string, Z: Float64Array, n: number, d: number])[] = [
  ["spreads of their own", normals(200, 5, (j) => 1 + j), 200, 5],
  ["two features", normals(50, 2, () => 1), 50, 2],
  ["equal eigenvalues, all of them", equal(6), 12, 6],
  ["the second as large as the third", Float64Array.of(3, 0, 0, -3, 0, 0, 0, 2, 0, 0, -2, 0, 0, 0, 2, 0, 0, -2), 6, 3],
  ["one feature that is spread among constant ones", normals(40, 4, (j) => (j === 2 ? 1 : 0)), 40, 4],
  ["constant features alone", new Float64Array(40 * 3), 40, 3],
  ["no rows", new Float64Array(0), 0, 3],
  ["one row", Float64Array.of(1, 2, 3, 4), 1, 4],
  ["more features than rows", normals(7, 60, () => 1), 7, 60],
  ["noise in many features, whose spreads are near each other", normals(90, 80, () => 1), 90, 80],
  [
    "features that repeat each other",
    Float64Array.from({ length: 60 * 4 }, (_, at) => Math.sin(Math.floor(at / 4) * (at % 2 === 0 ? 1 : 2.3))),
    60,
    4,
  ],
];

describe("two principal axes by iteration (#18)", () => {
  it.each(cases)("of %s are those of the full decomposition", (_, Z, n, d) => {
    const C = n === 0 ? new Float64Array(d * d) : covariance(Z, n, d);
    const { values: all } = symmetricEigen(C, d);
    const { values, vectors } = principalAxes(Z, n, d);

    // A residual r moves an eigenvalue by less than r; 1e-9 of the largest is ten times what the iteration ends at.
    const tolerance = 1e-9 * Math.max(all[d - 1]!, Number.MIN_VALUE);
    for (const axis of [0, 1] as const) {
      expect(Math.abs(values[axis] - Math.max(0, all[d - 1 - axis]!))).toBeLessThanOrEqual(tolerance);
      const v = vectors[axis];
      const rest = Array.from(v, (part, i) => v.reduce((sum, other, j) => sum + C[i * d + j]! * other, 0) - values[axis] * part);
      expect(Math.hypot(...rest)).toBeLessThanOrEqual(tolerance);
    }
    const [a, b] = vectors;
    const dot = (u: Float64Array, w: Float64Array): number => u.reduce((sum, part, j) => sum + part * w[j]!, 0);
    expect(dot(a, a)).toBeCloseTo(1, 12);
    expect(dot(b, b)).toBeCloseTo(1, 12);
    expect(dot(a, b)).toBeCloseTo(0, 12);
  });

  it("are the same each time, to the bit", () => {
    const Z = normals(90, 80, () => 1);
    expect(principalAxes(Z, 90, 80)).toEqual(principalAxes(Z.slice(), 90, 80));
  });

  it("of constant features are features", () => {
    const { vectors } = principalAxes(new Float64Array(30), 10, 3);
    expect(vectors.map((vector) => [...vector])).toEqual([
      [1, 0, 0],
      [0, 1, 0],
    ]);
  });
});
