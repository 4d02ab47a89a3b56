// Passes whose bits every engine must agree on. Nothing here may depend on an engine's own exponential or logarithm, so the inputs are made of
// integers alone. A plain module, for it runs in any Node and in browsers.

/** @typedef {import("@mixtura/backend").GaussianComponents} GaussianComponents */
/** @typedef {import("@mixtura/backend").Moments} Moments */

/** Integers 0 … 2²⁰−1 in no order one would notice. @param {number} seed */
function integers(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 12;
  };
}

/** @param {number} rows @param {number} features @param {number} count @param {number} apart how far means lie from 0 */
function problem(rows, features, count, apart) {
  const next = integers(rows + 31 * features + count);
  /** @param {number} length @param {number} spread */
  const numbers = (length, spread) => Float64Array.from({ length }, () => ((next() - 2 ** 19) / 2 ** 19) * spread);
  const whitening = numbers(count * features * features, 0.25);
  for (let index = 0; index < whitening.length; index++) {
    const [i, j] = [Math.floor((index % (features * features)) / features), index % features];
    if (i === j) whitening[index] = 1 + Math.abs(/** @type {number} */ (whitening[index]));
    else if (j > i) whitening[index] = 0;
  }
  const means = numbers(count * features, apart);
  const data = numbers(rows * features, 4);
  for (let row = 0; row < rows; row++) {
    const mean = (row % count) * features;
    for (let j = 0; j < features; j++) data[row * features + j] = Number(data[row * features + j]) + Number(means[mean + j]);
  }
  /** @type {GaussianComponents} */
  const components = {
    count,
    features,
    means,
    shape: "full",
    shared: false,
    whitening,
    logOffsets: Float64Array.from({ length: count }, (_, k) => -1.5 - k / 16),
  };
  return { data: { data, rows, columns: features }, components, rowWeights: numbers(rows, 1).map(Math.abs) };
}

/** 64 bits of FNV-1a of numbers' bytes, as text. @param {Iterable<Float64Array>} arrays */
function fingerprint(arrays) {
  let hash = 0xcbf29ce484222325n;
  for (const array of arrays) {
    for (const word of new BigUint64Array(array.slice().buffer)) hash = BigInt.asUintN(64, (hash ^ word) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}

/** @param {Moments} moments */
const sums = ({ s0, s1, S2, logLikelihood }) => [s0, s1, S2, Float64Array.of(logLikelihood)];

/**
 * What a backend computes, as one text per problem.
 *
 * @template H
 * @param {import("@mixtura/backend").Backend<H>} backend
 * @returns {Promise<Record<string, string>>}
 */
export async function goldenBits(backend) {
  /** @type {Record<string, string>} */
  const bits = {};
  for (const [rows, features, count, apart] of /** @type {const} */ ([
    [10_000, 2, 3, 2],
    [9_000, 5, 4, 2],
    [5_000, 13, 4, 2],
    [5_000, 16, 6, 60],
    [3_000, 50, 2, 2],
  ])) {
    const { data, components, rowWeights } = problem(rows, features, count, apart);
    const handle = await backend.upload(data);
    const centres = components.means;
    // Twice: what the first pass finds out may speed the second up, and must not change it.
    await backend.kernels.expectation(handle, components, { centres, scatter: "none", assignment: "soft" });
    const soft = await backend.kernels.expectation(handle, components, { centres, rowWeights, scatter: "full", assignment: "soft" });
    const hard = await backend.kernels.expectation(handle, components, { centres, scatter: "diag", assignment: "hard" });
    const densities = await backend.kernels.logDensities(handle, components);
    const responsibilities = await backend.kernels.responsibilities(handle, components);
    backend.release(handle);
    bits[`n = ${rows}, d = ${features}, k = ${count}, means within ±${apart}`] = fingerprint([
      ...sums(soft),
      ...sums(hard),
      densities,
      responsibilities,
    ]);
  }
  return bits;
}
