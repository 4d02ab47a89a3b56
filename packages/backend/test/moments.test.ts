import type { Moments, Scatter } from "../src/index.ts";
import { emptyMoments, mergeMoments, referenceBackend } from "../src/index.ts";
import { scatterSize } from "../src/internal/kernels.ts";
import { isMixturaError, matrix } from "@mixtura/core";
import { describe, expect, it } from "vitest";

const CENTRES = Float64Array.of(0, 0, 3, 1);
const SCATTERS: readonly Scatter[] = ["full", "pooled", "diag", "spherical", "none"];

async function momentsOf(rows: readonly (readonly [number, number])[], scatter: Scatter, centres = CENTRES): Promise<Moments> {
  const data = matrix(Float64Array.from(rows.flat()), rows.length, 2);
  const labels = Int32Array.from(rows, (_, index) => index % 2);
  return referenceBackend.kernels.moments(await referenceBackend.upload(data), { labels, centres, scatter });
}

function codeOf(work: () => unknown): string {
  try {
    work();
    return "no error";
  } catch (error) {
    return isMixturaError(error) ? error.code : String(error);
  }
}

describe("moments", () => {
  it.each(SCATTERS)("of two sets of rows add up to the moments of all rows: %s scatter", async (scatter) => {
    // Small whole numbers: every sum is exact, so equality is, too.
    const first = [
      [1, 2],
      [3, 5],
    ] as const;
    const second = [
      [-1, 0],
      [4, 4],
      [2, 2],
      [7, -3],
    ] as const;

    const merged = mergeMoments(await momentsOf(first, scatter), await momentsOf(second, scatter));

    expect(merged).toEqual(await momentsOf([...first, ...second], scatter));
    expect(merged.S2).toHaveLength(scatterSize(scatter, 2, 2));
  });

  it.each(SCATTERS)("of no rows change nothing: %s scatter", async (scatter) => {
    const some = await momentsOf(
      [
        [1, 2],
        [3, 5],
      ],
      scatter,
    );

    expect(mergeMoments(emptyMoments(scatter, 2, 2, CENTRES), some)).toEqual(some);
  });

  it("are not changed by a merge", async () => {
    const [a, b] = [await momentsOf([[1, 2]], "full"), await momentsOf([[5, 6]], "full")];
    const before = structuredClone([a, b]);

    mergeMoments(a, b);

    expect([a, b]).toEqual(before);
  });

  it("refuse to merge about other centres, of another kind or of another size", () => {
    const moments = emptyMoments("full", 2, 2, CENTRES);

    expect(codeOf(() => mergeMoments(moments, emptyMoments("full", 2, 2, Float64Array.of(0, 0, 3, 1.5))))).toBe("invalid-shape");
    expect(codeOf(() => mergeMoments(moments, emptyMoments("diag", 2, 2, CENTRES)))).toBe("invalid-shape");
    expect(codeOf(() => mergeMoments(moments, emptyMoments("full", 1, 4, CENTRES)))).toBe("invalid-shape");
    expect(codeOf(() => mergeMoments(moments, emptyMoments("full", 2, 2, CENTRES.slice())))).toBe("no error");
  });

  it("say what was expected and what was found when they cannot be merged", () => {
    expect(() => mergeMoments(emptyMoments("full", 2, 2, CENTRES), emptyMoments("diag", 2, 2, CENTRES))).toThrow(
      "Moments can only be merged when they are of the same kind and size and about the same centres.",
    );
  });
});
