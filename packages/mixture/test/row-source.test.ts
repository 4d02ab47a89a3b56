import type { GaussianComponents, Moments } from "@mixtura/backend";
import { emptyMoments, referenceBackend } from "@mixtura/backend";
import type { Rows } from "@mixtura/backend/authoring";
import { createProfiler, residentRows } from "@mixtura/backend/internal/rows";
import type { RowSource } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import type { OpenRowsRequest } from "@mixtura/core/authoring";
import { loadData } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import { BayesianGaussianMixture, GaussianMixture, KMeans } from "../src/index.ts";

const { rows: table } = loadData("iris");
const d = table[0]!.length;

/** log πₖ pₖ(x) of each component, from the book. */
function logTerms({ count, means, whitening, shared, logOffsets, shape }: GaussianComponents, x: readonly number[]): number[] {
  return Array.from({ length: count }, (_, k) => {
    let square = 0;
    for (let i = 0; i < d; i++) {
      let y = 0;
      if (shape === "full") for (let j = 0; j <= i; j++) y += whitening[((shared ? 0 : k) * d + i) * d + j]! * (x[j]! - means[k * d + j]!);
      else y = (shape === "diag" ? whitening[(shared ? 0 : k) * d + i]! : whitening[shared ? 0 : k]!) * (x[i]! - means[k * d + i]!);
      square += y * y;
    }
    return logOffsets[k]! - square / 2;
  });
}

/**
 * A table that answers by sums alone, as a database does: it never hands out a row but for the sample, and knows nothing of handles. What it cannot
 * do it leaves undone.
 */
function tableSource(asked: string[]): RowSource<Rows> {
  return {
    columns: d,
    async openRows({ pace }: OpenRowsRequest): Promise<Rows> {
      const host = matrix(Float64Array.from(table.flat()), table.length, d);
      const profiler = createProfiler(d);
      profiler.add(host, undefined);
      const profile = profiler.finish();
      const origin = profile.means;
      const local = table.map((row) => row.map((value, j) => value - origin[j]!));
      const sample = residentRows({ backend: referenceBackend, host, weights: undefined, origin, pace });
      const unable = (): never => {
        throw new Error("not needed here");
      };
      return {
        features: d,
        featureNames: undefined,
        origin,
        profile,
        name: "table",
        precision: "float64",
        backend: undefined,
        diagnostics: () => [{ code: "table", severity: "info", message: "Read by sums." }],
        sample: () => sample,
        async expectation(components, { scatter, assignment = "soft", centres = components.means }) {
          asked.push(`expectation of ${scatter}`);
          const total: { -readonly [Field in keyof Moments]: Moments[Field] } = { ...emptyMoments(scatter, components.count, d, centres) };
          for (const x of local) {
            const terms = logTerms(components, x);
            const most = Math.max(...terms);
            const log = most + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - most), 0));
            total.weight += 1;
            total.logLikelihood += assignment === "soft" ? log : most;
            total.classificationLogLikelihood += most;
            terms.forEach((term, k) => {
              const r = assignment === "soft" ? Math.exp(term - log) : Number(k === terms.indexOf(most));
              total.s0[k]! += r;
              for (let i = 0; i < d; i++) {
                const a = x[i]! - centres[k * d + i]!;
                total.s1[k * d + i]! += r * a;
                if (scatter === "full") for (let j = 0; j < d; j++) total.S2[(k * d + i) * d + j]! += r * a * (x[j]! - centres[k * d + j]!);
              }
            });
          }
          return total;
        },
        moments: unable,
        reduce: unable,
        release: () => void asked.push("release"),
      };
    },
  };
}

describe("data that opens itself", () => {
  it("is fitted by sums alone, to what rows in memory give", async () => {
    const asked: string[] = [];
    const options = { nComponents: 3, covarianceType: "full", randomState: 2 } as const;

    const found = await new GaussianMixture(options).fit(tableSource(asked));

    const right = await new GaussianMixture(options).fit(table);
    expect(found.trace).toMatchObject({ backend: "table", iterations: right.trace.iterations });
    expect(found.trace.diagnostics.map(({ code }) => code)).toContain("table");
    // The same sums in another order, through as many iterations.
    found.means.data.forEach((value, at) => expect(Math.abs(value - right.means.data[at]!)).toBeLessThan(1e-9));
    expect(new Set(asked)).toEqual(new Set(["expectation of full", "expectation of none", "release"]));
    // The model goes on where no table is.
    expect(await found.predict(table)).toEqual(await right.predict(table));
  });

  it("is clustered by sums alone", async () => {
    const found = await new KMeans({ nClusters: 3, randomState: 2 }).fit(tableSource([]));
    const right = await new KMeans({ nClusters: 3, randomState: 2 }).fit(table);
    found.clusterCenters.data.forEach((value, at) => expect(Math.abs(value - right.clusterCenters.data[at]!)).toBeLessThan(1e-9));
  });

  it("says itself what it cannot do, and is released all the same", async () => {
    const asked: string[] = [];
    // The prior of a full covariance takes the moments of all rows, which this table does not have.
    await expect(new BayesianGaussianMixture({ nComponents: 2, randomState: 1 }).fit(tableSource(asked))).rejects.toThrow(
      "not needed here",
    );
    expect(asked.at(-1)).toBe("release");
  });

  it("is released where it has too few rows", async () => {
    const asked: string[] = [];
    const fit = new GaussianMixture({ nComponents: table.length + 1 }).fit(tableSource(asked));
    await expect(fit).rejects.toMatchObject({ code: "too-few-rows" });
    expect(asked).toEqual(["release"]);
  });
});
