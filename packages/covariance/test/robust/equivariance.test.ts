import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { loadData } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import { mcd, mrcd } from "./fits.ts";

const sets = ["hbk", "wood", "wine", "crabs"] as const;
const rowsOf = (name: string): Matrix => {
  const { rows } = loadData(name, name === "hbk" ? 3 : name === "wood" ? 5 : undefined);
  return matrix(Float64Array.from(rows.flat()), rows.length, rows[0]!.length);
};

/** x ↦ A x + b for every row. */
function turned({ data, rows, columns: p }: Matrix, A: Float64Array, b: Float64Array): Matrix {
  const out = new Float64Array(data.length);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < p; j++)
      out[i * p + j] = b[j]! + Array.from({ length: p }, (_, k) => A[j * p + k]! * data[i * p + k]!).reduce((s, v) => s + v);
  return matrix(out, rows, p);
}

/** A S Aᵀ */
function congruent(A: Float64Array, S: Float64Array, p: number): Float64Array {
  const half = Float64Array.from({ length: p * p }, (_, at) => {
    const [i, j] = [Math.floor(at / p), at % p];
    return Array.from({ length: p }, (__, k) => A[i * p + k]! * S[k * p + j]!).reduce((s, v) => s + v);
  });
  return Float64Array.from({ length: p * p }, (_, at) => {
    const [i, j] = [Math.floor(at / p), at % p];
    return Array.from({ length: p }, (__, k) => half[i * p + k]! * A[j * p + k]!).reduce((s, v) => s + v);
  });
}

/** Entries may differ by a fraction of the geometric mean of the variances they belong to. */
function expectCovariance(found: Float64Array, right: Float64Array, p: number, fraction: number): void {
  found.forEach((value, at) => {
    const size = Math.sqrt(right[Math.floor(at / p) * (p + 1)]! * right[(at % p) * (p + 1)]!);
    expect(Math.abs(value - right[at]!)).toBeLessThanOrEqual(fraction * size);
  });
}

describe.each(sets)("on %s", (name) => {
  const X = rowsOf(name);
  const p = X.columns;

  it("FastMCD is affine equivariant", async () => {
    const random = createRandom(11);
    // Well-conditioned: a turn, a shear and scales that differ by a factor of ten.
    const A = Float64Array.from({ length: p * p }, (_, at) => (at % (p + 1) === 0 ? 2 + (at % 7) : 0.3 * random.normal()));
    const b = Float64Array.from({ length: p }, () => 10 * random.normal());
    const options = { algorithm: "fast", randomState: 3, nTrials: 100, regularization: "none" } as const;

    const plain = await mcd(X, options);
    const model = await mcd(turned(X, A, b), options);

    expect(model.rawSupport).toEqual(plain.rawSupport);
    expect(model.support).toEqual(plain.support);
    // Rounding of the turned data, carried through a few inversions of matrices of condition 1e6 at most.
    expectCovariance(model.covariance.data, congruent(A, plain.covariance.data, p), p, 1e-8);
    const location = turned(matrix(plain.location, 1, p), A, b).data;
    model.location.forEach((value, j) => {
      expect(Math.abs(value - location[j]!)).toBeLessThanOrEqual(1e-8 * Math.sqrt(model.covariance.data[j * p + j]!));
    });
  });

  it.each([
    ["MinCovDet", (Y: Matrix) => mcd(Y)],
    ["FastMCD", (Y: Matrix) => mcd(Y, { algorithm: "fast", randomState: 3, nTrials: 100 })],
    ["MRCD", (Y: Matrix) => mrcd(Y)],
  ] as const)("%s follows the scale of every feature, and shifts", async (_, fit) => {
    const scale = Float64Array.from({ length: p }, (__, j) => 10 ** (j % 3 === 0 ? 9 : j % 3 === 1 ? -6 : 1));
    const shift = Float64Array.from({ length: p }, (__, j) => scale[j]! * (j + 1) * 100);
    const Y = matrix(
      X.data.map((value, at) => value * scale[at % p]! + shift[at % p]!),
      X.rows,
      p,
    );

    const plain = await fit(X);
    const model = await fit(Y);

    expect(model.rawSupport).toEqual(plain.rawSupport);
    expect(model.support).toEqual(plain.support);
    const right = plain.covariance.data.map((value, at) => value * scale[Math.floor(at / p)]! * scale[at % p]!);
    // The shift costs the data up to four digits.
    expectCovariance(model.covariance.data, right, p, 1e-9);
    const logScale = 2 * scale.reduce((sum, value) => sum + Math.log(value), 0);
    expect(model.criterion - logScale).toBeCloseTo(plain.criterion, 7);
  });

  it("powers of two change no bit", async () => {
    const scale = Float64Array.from({ length: p }, (_, j) => 2 ** (5 - 3 * (j % 4)));
    const Y = matrix(
      X.data.map((value, at) => value * scale[at % p]!),
      X.rows,
      p,
    );

    const plain = await mcd(X);
    const model = await mcd(Y);

    expect(model.covariance.data).toEqual(plain.covariance.data.map((value, at) => value * scale[Math.floor(at / p)]! * scale[at % p]!));
  });
});
