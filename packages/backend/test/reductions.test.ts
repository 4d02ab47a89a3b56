// Values of rows reduced to a few numbers: by the book, and the same wherever the rows lie.
import type { BlockSource, Data, Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { createPace, createRandom } from "@mixtura/core/authoring";
import { countedDevice } from "@mixtura/fixtures/counted-device";
import { describe, expect, it } from "vitest";
import type { Backend, GaussianComponents } from "../src/index.ts";
import { CHUNK_ROWS, defineBackend, gaussianComponents, referenceBackend } from "../src/index.ts";
import type { Reduction, Rows } from "../src/authoring.ts";
import type { RowValue, ValueRun } from "../src/rows/reduction.ts";
import { extremes, openFit, quantiles, residentRows, sumOf } from "../src/internal/rows.ts";

const D = 2;
const ROWS = 2 * CHUNK_ROWS + 100;
const random = createRandom(11);
const data = Float64Array.from({ length: ROWS * D }, () => random.normal());
/** Whole numbers from 0 to 2, in no step with the chunks. */
const weights = Float64Array.from({ length: ROWS }, (_, row) => (row * 7) % 3);

/** The rows in blocks, with their weights; the memory of a block is used again for the next one. */
function inBlocks(size: number): BlockSource {
  return {
    columns: D,
    async *blocks() {
      const [numbers, frequencies] = [new Float64Array(size * D), new Float64Array(size)];
      for (let start = 0; start < ROWS; start += size) {
        const end = Math.min(start + size, ROWS);
        numbers.set(data.subarray(start * D, end * D));
        frequencies.set(weights.subarray(start, end));
        yield { X: matrix(numbers.subarray(0, (end - start) * D), end - start, D), sampleWeight: frequencies.subarray(0, end - start) };
      }
    },
  };
}

async function open(X: Data, sampleWeight?: Float64Array, backend: Backend = referenceBackend): Promise<Rows> {
  const load = () => Promise.reject(new Error("not wanted"));
  const request = { backend, work: () => 0, load, random: createRandom(1), caller: "test" };
  return (await openFit(X, request, sampleWeight === undefined ? {} : { sampleWeight })).rows;
}

const components = (): GaussianComponents =>
  gaussianComponents({
    weights: Float64Array.of(0.5, 0.5),
    means: Float64Array.of(-1, 0, 1, 0.5),
    shape: "diag",
    shared: false,
    whitening: Float64Array.of(1, 2, 0.5, 1),
  });

const inMemory = matrix(data, ROWS, D);
const VALUES = ["log-density", "squared-distance", "responsibilities"] as const;
const LEVELS = [0, 0.013, 0.5, 0.999, 1];

describe("rows in blocks are reduced as rows in memory are, to the bit", () => {
  it.each([100, 1000, CHUNK_ROWS, ROWS])("in blocks of %i rows", async (size) => {
    const [whole, cut] = [await open(inMemory, weights), await open(inBlocks(size))];
    for (const of of VALUES) {
      const value = { of, components: components() };
      for (const summand of ["value", "square", "log-complement"] as const)
        expect(await cut.reduce(value, sumOf(summand))).toEqual(await whole.reduce(value, sumOf(summand)));
      if (of === "responsibilities") continue;
      for (const end of ["least", "greatest"] as const)
        expect(await cut.reduce(value, extremes(5, end))).toEqual(await whole.reduce(value, extremes(5, end)));
      expect(await cut.reduce(value, quantiles(LEVELS))).toEqual(await whole.reduce(value, quantiles(LEVELS)));
    }
    whole.release();
    cut.release();
  });

  it("where only some of the blocks have weights", async () => {
    const source: BlockSource = {
      columns: D,
      async *blocks() {
        for (let start = 0; start < ROWS; start += 500) {
          const end = Math.min(start + 500, ROWS);
          const X = matrix(data.slice(start * D, end * D), end - start, D);
          yield start % 1000 === 0 ? { X, sampleWeight: weights.slice(start, end) } : { X };
        }
      },
    };
    const mixed = weights.map((weight, row) => (Math.floor(row / 500) % 2 === 0 ? weight : 1));
    const [whole, cut] = [await open(inMemory, mixed), await open(source)];
    const request = { centres: new Float64Array(D), scatter: "full" } as const;

    expect(cut.profile).toEqual(whole.profile);
    expect(await cut.moments({}, request)).toEqual(await whole.moments({}, request));
  });
});

describe("a weight counts as that number of copies of the row", () => {
  const copies = Array.from({ length: ROWS }, (_, row) =>
    Array.from({ length: weights[row]! }, () => [...data.subarray(row * D, (row + 1) * D)]),
  ).flat();
  const repeated = matrix(Float64Array.from(copies.flat()), copies.length, D);

  /** The same reduction of weighted rows and of copies, in the same coordinates. */
  async function both<Result>(of: RowValue["of"], reduction: Reduction<Result>): Promise<readonly [Result, Result]> {
    const rows = (host: Matrix, own: Float64Array | undefined) =>
      residentRows({ backend: referenceBackend, host, weights: own, origin: new Float64Array(D), pace: createPace() });
    const value = { of, components: components() };
    return [await rows(inMemory, weights).reduce(value, reduction), await rows(repeated, undefined).reduce(value, reduction)];
  }

  it("in quantiles", async () => {
    const [weighted, written] = await both("squared-distance", quantiles(LEVELS));
    expect(weighted).toEqual(written);
  });

  it("in the rows of extreme values, where a row of weight 0 is none", async () => {
    const [weighted, written] = await both("log-density", extremes(3, "least"));
    const apart = written.filter(({ value }, at) => value !== written[at - 1]?.value);
    expect(weighted.slice(0, apart.length)).toEqual(apart);
  });

  it("in sums", async () => {
    const [weighted, written] = await both("squared-distance", sumOf("value"));
    // Some thousand additions of positive numbers in another order.
    expect(Math.abs(weighted[0]! / written[0]! - 1)).toBeLessThan(1e-12);
  });
});

describe("a collector", () => {
  const run = (values: readonly number[], given?: readonly number[]): ValueRun => ({
    values: Float64Array.from(values),
    rows: values.length,
    width: 1,
    weights: given && Float64Array.from(given),
    at: (i) => Float64Array.of(i),
  });

  it("of extremes has earlier rows before later ones of the same value", async () => {
    const ends = async (end: "least" | "greatest", values: readonly number[]) => {
      const collector = extremes(3, end).start();
      collector.add(run(values));
      return (await collector.finish(createPace())).map(({ row }) => row[0]);
    };

    expect(await ends("least", [2, 1, 2, 1, 1, 1])).toEqual([1, 3, 4]);
    expect(await ends("greatest", [2, 1, 2, 1, 3, 2])).toEqual([4, 0, 2]);
    expect(await ends("least", [5, 5])).toEqual([0, 1]);
  });

  it("passes over rows of weight 0, even where their value is no number to sum", async () => {
    const sum = sumOf("log-complement").start();
    sum.add(run([0.5, 1], [2, 0])); // log(1 − 1) is −∞
    expect(await sum.finish(createPace())).toEqual(Float64Array.of(2 * Math.log1p(-0.5)));
    const least = extremes(2, "least").start();
    least.add(run([3, -Infinity, 2], [1, 0, 1]));
    expect((await least.finish(createPace())).map(({ value }) => value)).toEqual([2, 3]);
  });
});

describe("a reduction on a device", () => {
  it("leaves nothing behind, though it takes a value per component run by run", async () => {
    const device = countedDevice();
    const rows = await open(inMemory, weights, defineBackend(device.primitives));
    const value = { of: "log-density", components: components() } as const;
    await rows.reduce(value, sumOf("value"));
    const held = device.liveHandles();
    for (const of of VALUES) await rows.reduce({ ...value, of }, sumOf("value"));
    expect(device.liveHandles()).toBe(held);
    rows.release();
    expect(device.liveHandles()).toBe(0);
  });

  it("holds no array of rows × components: the most at once is a run of them", async () => {
    let most = 0;
    const { kernels } = referenceBackend;
    const noted = <Result extends ArrayLike<number>>(result: Result): Result => {
      most = Math.max(most, result.length);
      return result;
    };
    const backend: Backend = {
      ...referenceBackend,
      kernels: {
        ...kernels,
        responsibilities: async (X, of, options) => noted(await kernels.responsibilities(X as Matrix, of, options)),
        squaredMahalanobis: async (X, of, options) => noted(await kernels.squaredMahalanobis(X as Matrix, of, options)),
      },
    };
    const rows = await open(inMemory, weights, backend);
    await rows.reduce({ of: "squared-distance", components: components() }, sumOf("value"));
    await rows.reduce({ of: "responsibilities", components: components() }, sumOf("value"));
    expect(most).toBe(CHUNK_ROWS * 2);
  });
});
