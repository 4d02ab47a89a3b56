// Data as a fit opens it.
import type { RowSource } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { createPace, createRandom } from "@mixtura/core/authoring";
import { countedDevice } from "@mixtura/fixtures/counted-device";
import { describe, expect, it } from "vitest";
import type { Backend } from "../src/index.ts";
import { defineBackend, gaussianComponents, referenceBackend } from "../src/index.ts";
import type { FitRequest } from "../src/internal/rows.ts";
import type { Rows } from "../src/authoring.ts";
import { openFit, residentRows } from "../src/internal/rows.ts";

const D = 2;
const ROWS = 50;
const random = createRandom(21);
const data = Float64Array.from({ length: ROWS * D }, () => 1000 + random.normal());
const host = matrix(data, ROWS, D);
const weights = Float64Array.from({ length: ROWS }, (_, row) => row % 4);

const request = (backend: Backend | undefined): FitRequest => ({
  backend,
  work: () => 0,
  load: () => Promise.reject(new Error("not wanted")),
  random: createRandom(1),
  caller: "test",
});

const device = () => {
  const { primitives, liveHandles } = countedDevice();
  return { backend: defineBackend(primitives) as Backend, liveHandles };
};

/** A standard normal density about the point (1000, 1000), in the coordinates of the rows. */
const about = ({ origin }: Rows) =>
  gaussianComponents({
    weights: Float64Array.of(1),
    means: origin.map((value) => 1000 - value),
    shape: "spherical",
    shared: false,
    whitening: Float64Array.of(1),
  });

const logLikelihood = async (rows: Rows): Promise<number> => (await rows.expectation(about(rows), { scatter: "none" })).logLikelihood;

describe("an uploaded matrix", () => {
  it("is passed over where it lies by the backend that it was uploaded to, and brought over to another of the same name", async () => {
    const [here, there] = [device(), device()];
    const uploaded = await here.backend.matrix(host);
    const open = async (backend: Backend | undefined) => (await openFit(uploaded, request(backend), {})).rows;

    const [own, chosen, other] = [await open(here.backend), await open(undefined), await open(there.backend)];
    const found = [await logLikelihood(own), await logLikelihood(chosen), await logLikelihood(other)];

    expect(new Set(found).size).toBe(1);
    expect([here.liveHandles(), there.liveHandles()]).toEqual([1, 1]);
    for (const rows of [own, chosen, other]) rows.release();
    expect([here.liveHandles(), there.liveHandles()]).toEqual([1, 0]);
    await uploaded[Symbol.asyncDispose]();
  });

  it("keeps its coordinates where a fit weights its rows", async () => {
    const { backend } = device();
    const uploaded = await backend.matrix(host);
    const context = { sampleWeight: weights };
    const { rows } = await openFit(uploaded, request(backend), context);
    const { rows: plain } = await openFit(host, request(referenceBackend), context);

    expect(rows.origin).toEqual(uploaded.origin);
    expect(rows.origin).not.toEqual(plain.origin);
    // Sums of a few squares near 1, in coordinates that differ by 1e-2.
    expect(await logLikelihood(rows)).toBeCloseTo(await logLikelihood(plain), 10);
  });
});

describe("data that opens itself", () => {
  it("is released where its variances leave the range of doubles", async () => {
    let released = 0;
    const source: RowSource<Rows> = {
      columns: D,
      async openRows() {
        const rows = residentRows({ backend: referenceBackend, host, weights: undefined, origin: new Float64Array(D), pace: createPace() });
        const variances = Float64Array.of(1, Infinity);
        const ones = new Float64Array(D).fill(1);
        const profile = {
          rows: ROWS,
          countedRows: ROWS,
          weight: ROWS,
          means: ones,
          variances,
          least: ones,
          ranges: ones,
          steps: ones,
          constant: [],
        };
        return { ...rows, profile, sample: () => rows, release: () => void released++ };
      },
    };
    await expect(openFit(source, request(referenceBackend), {})).rejects.toMatchObject({ code: "not-finite", detail: { column: 1 } });
    expect(released).toBe(1);
  });
});

describe("random responsibilities", () => {
  it("sum to each row's weight", async () => {
    const { rows } = await openFit(host, request(referenceBackend), { sampleWeight: weights });
    const centres = Float64Array.from({ length: 3 * D }, (_, at) => at % D);
    const shared = await rows.moments({ random: 5 }, { centres, scatter: "diag" });
    const whole = await rows.moments({}, { centres: centres.slice(0, D), scatter: "diag" });

    // Fifty additions in another order, of numbers of one size.
    const close = (found: number, right: number) => expect(Math.abs(found - right)).toBeLessThan(1e-11);
    const sumOver = (values: Float64Array, width: number, j: number): number =>
      values.reduce((sum, value, at) => sum + (at % width === j ? value : 0), 0);
    close(sumOver(shared.s0, 1, 0), 73); // Σ w
    close(shared.weight, whole.weight);
    for (let j = 0; j < D; j++) {
      close(sumOver(shared.s1, D, j), whole.s1[j]!);
      close(sumOver(shared.S2, D, j), whole.S2[j]!);
    }
    for (const s0 of shared.s0) expect(s0).toBeGreaterThan(10); // a third each, by chance
  });
});
