import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { describe, expect, it } from "vitest";
import type { Detector } from "../src/detect/detector.ts";
import { explained, Findings } from "../src/detect/findings.ts";
import { judge } from "../src/detect/judge.ts";

/** A detector of one feature that counts the rows it is asked about: what is below 0 is an outlier. */
function countingDetector() {
  const asked = { judge: 0, predict: 0, scoreSamples: 0, explain: 0 };
  const scores = ({ data }: Matrix): Float64Array => data.slice();
  const count = (name: keyof typeof asked, X: Matrix): Matrix => ((asked[name] += X.rows), X);
  const detector = {
    type: "Counting",
    featureCount: 1,
    threshold: 0,
    scoreSamples: async (X: Matrix) => scores(count("scoreSamples", X)),
    predict: async (X: Matrix) => scores(count("predict", X)).map((score) => (score < 0 ? -1 : 1)),
    judge: async (X: Matrix) => ({ scores: scores(count("judge", X)), labels: scores(X).map((score) => (score < 0 ? -1 : 1)) }),
    explain: async (X: Matrix) => matrix(scores(count("explain", X)), X.rows, 1),
  } as unknown as Detector;
  return { asked, detector };
}

const X = matrix(
  Float64Array.from({ length: 1000 }, (_, row) => row - 500),
  1000,
  1,
);
const { signal } = new AbortController();

describe("the work of mixtura detect", () => {
  it("scores rows once, and explains those alone that are shown", async () => {
    const { asked, detector } = countingDetector();
    const findings = new Findings(10);

    findings.add(X, await judge(detector, X, signal), (row) => row + 1);
    const worst = await explained(findings.worst, detector, ["x"], { method: "shapley", signal });

    expect(findings).toMatchObject({ rows: 1000, outliers: 500 });
    expect(worst.map(({ row, score }) => [row, score])).toEqual(Array.from({ length: 10 }, (_, at) => [at + 1, at - 500]));
    expect(worst[0]!.reason).toBe("x -500 adds -500 of -500");
    expect(asked).toEqual({ judge: 1000, predict: 0, scoreSamples: 0, explain: 10 });
  });

  it("takes labels from the detector itself, regardless of what else it can do", async () => {
    const { detector } = countingDetector();
    const { judge: _, ...plain } = detector as unknown as Record<string, unknown>;
    const contrary = { ...plain, predict: async ({ rows }: Matrix) => new Int32Array(rows).fill(-1) } as unknown as Detector;

    const { outliers, scores } = await judge(contrary, X, signal);

    expect(outliers).toEqual(new Uint8Array(1000).fill(1));
    expect(scores).toEqual(X.data);
  });

  it("lists rows of equal scores in their order, also where only some are shown", () => {
    const scores = Float64Array.of(-1, -2, -2, -1, -2, -3);
    const findings = new Findings(3);
    const judgement = { scores, outliers: new Uint8Array(6).fill(1) };

    findings.add(matrix(scores, 6, 1), judgement, (row) => row + 1);

    expect(findings.worst.map(({ row }) => row)).toEqual([6, 2, 3]);
  });

  it("asks for p-values where the detector is calibrated, and only there", async () => {
    const { detector } = countingDetector();
    const { judge: _, ...plain } = detector as unknown as Record<string, unknown>;
    const pValues = async ({ rows }: Matrix) => new Float64Array(rows).fill(0.5);
    const judged = (more: object) => judge({ ...plain, pValues, ...more } as unknown as Detector, X, signal);

    expect((await judged({ calibrationScores: Float64Array.of(1) })).pValues).toEqual(new Float64Array(1000).fill(0.5));
    expect(await judged({})).not.toHaveProperty("pValues");
  });

  it("takes negative labels for outliers, and no others", async () => {
    const predict = async () => Int32Array.of(-1, 0, 1);
    const detector = { type: "Labels", featureCount: 1, predict } as unknown as Detector;

    expect((await judge(detector, matrix(Float64Array.of(1, 2, 3), 3, 1), signal)).outliers).toEqual(Uint8Array.of(1, 0, 0));
  });
});
