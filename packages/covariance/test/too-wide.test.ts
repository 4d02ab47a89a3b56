import { createRandom } from "@mixtura/core/authoring";
import { matrix } from "@mixtura/core";
import { describe, expect, it } from "vitest";
import { EmpiricalCovariance, LedoitWolf, MinCovDet, MRCD, OAS, ShrunkCovariance } from "../src/index.ts";

describe("3 rows of 70,000 features (#17)", () => {
  const random = createRandom(1);
  const X = matrix(
    Float64Array.from({ length: 210_000 }, () => random.normal()),
    3,
    70_000,
  );

  it.each([new EmpiricalCovariance(), new ShrunkCovariance(), new LedoitWolf(), new OAS(), new MinCovDet(), new MRCD()])(
    "are refused before any work, with the bytes that a covariance takes: $type",
    async (estimator) => {
      const refused = estimator.fit(X);

      await expect(refused).rejects.toMatchObject({
        code: "too-many-features",
        detail: { features: 70_000, bytes: 3 * 8 * 70_000 ** 2, limit: 2 ** 33 },
      });
      await expect(refused).rejects.toThrow(
        `${estimator.type}.fit: a covariance of 70000 features takes 118 GB, 3 matrices of 70000 × 70000 numbers; at most 8.6 GB are taken.`,
      );
    },
  );
});
