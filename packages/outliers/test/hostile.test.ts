// Helpers given what no data gives them (#16).
import { GaussianMixture } from "@mixtura/mixture";
import { expect, it } from "vitest";
import { calibrationRowsNeeded, cleanFit, EllipticEnvelope, MixtureDetector, reason, selectByFDR } from "../src/index.ts";
import type { Explanation } from "../src/index.ts";

const refused = expect.objectContaining({ code: "invalid-option" }) as Error;

it.each([-1, 0, 1, 2, NaN, Infinity, -0, "0.1", null, undefined, {}, Symbol("rate")])("no number of rows keeps a rate of %s", (rate) => {
  expect(() => calibrationRowsNeeded(rate as number)).toThrow(refused);
});

it.each([0.5, 0.1, 1e-3, 1e-9, 1e-15, 1e-16, 1e-300, 5e-324])(
  "the number of rows for a rate of %d is found at once, and is no NaN",
  (rate) => {
    expect(calibrationRowsNeeded(rate)).toBeGreaterThanOrEqual(Math.min(1 / rate - 1, Number.MAX_VALUE) * (1 - 1e-9)); // 1e-9: ranks forgive rounding
  },
);

it.each([null, undefined, 5, Symbol("p"), "0.5"])("there is no rate of discovery among %s", (pValues) => {
  expect(() => selectByFDR(pValues as never, 0.1)).toThrow(refused);
});

it.each([null, undefined, {}, { value: Float64Array.of(1), contributions: { data: Float64Array.of(1), rows: 1, columns: 9 } }])(
  "there is no reason in %j",
  (explanation) => {
    expect(() => reason(explanation as never as Explanation, 0)).toThrow(refused);
  },
);

it("contexts and options may be null, and what is no estimator is refused", async () => {
  const rows = Array.from({ length: 20 }, (_, row) => [row % 7, (row * 3) % 5]);
  const model = await new EllipticEnvelope({ covariance: "empirical" }).fit(rows, null as never);
  expect(await model.predict(rows, null as never)).toHaveLength(20);
  expect((await model.explain(rows, null as never)).value).toHaveLength(20);
  const mixture = GaussianMixture.fromParameters({
    weights: [1],
    means: [[0, 0]],
    covariances: [
      [
        [1, 0],
        [0, 1],
      ],
    ],
  });
  const detector = await new MixtureDetector({ mixture, threshold: { logDensity: -9 } }).fit(rows);
  await expect(detector.explain(rows, { onProgress: 5 } as never)).rejects.toThrow(refused);
  await expect(cleanFit({} as never, rows)).rejects.toThrow(refused);
});
