// Models as the release before wrote them, with what they said of their training rows: test/models-v1/README.md tells how they were made.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadModel as loadAny } from "@mixtura/core";
import { MODEL_VERSION } from "@mixtura/core/internal";
import { plugins as covariance } from "@mixtura/covariance";
import { plugins as ecod } from "@mixtura/ecod";
import { plugins as kernelDensity } from "@mixtura/kernel-density";
import { plugins as mixture } from "@mixtura/mixture";
import { plugins as outliers } from "@mixtura/outliers";
import { describe, expect, it } from "vitest";

interface Recorded {
  readonly model: {
    readonly version: number;
    readonly type: string;
    readonly trace: { readonly seed: number };
    readonly threshold?: object;
  };
  readonly X: readonly Readonly<Record<string, number>>[];
  /** What each batch method gave. */
  readonly answers: Readonly<Record<string, readonly number[]>>;
}

const plugins = [...mixture, ...covariance, ...ecod, ...kernelDensity, ...outliers];
const folder = join(import.meta.dirname, "..", "..", "..", "test", "models-v1");
const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
const recorded = (file: string): Recorded => JSON.parse(readFileSync(join(folder, file), "utf8")) as Recorded;

describe("a model of format version 1", () => {
  it("is there of every type", () => {
    const types = new Set(files.map((file) => recorded(file).model.type));

    expect(types).toEqual(new Set(plugins.map(({ type }) => type)));
  });

  it.each(files)("answers as it did: %s", async (file) => {
    const { model, X, answers } = recorded(file);
    expect(model.version).toBe(1);

    const read = loadAny(model, { plugins }) as unknown as Record<string, (rows: object) => Promise<ArrayLike<number>>>;

    for (const [method, values] of Object.entries(answers)) {
      const found = Array.from(await read[method]!(X));
      // The model's parameters are the same doubles, and 24 rows are worked on by the same plain kernels: only their order of adding may change.
      values.forEach((value, row) => expect(Math.abs(found[row]! - value)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(value))));
    }
  });

  it.each(files)("is written in the new version, which reads back to the same text, without what stood for nothing: %s", (file) => {
    const read = loadAny(recorded(file).model, { plugins });

    const text = JSON.stringify(read);
    const { version, trace, threshold } = JSON.parse(text) as { version: number; trace: Record<string, unknown>; threshold?: object };

    expect(version).toBe(MODEL_VERSION);
    expect(JSON.stringify(loadAny(text, { plugins }))).toBe(text);
    expect(trace).not.toHaveProperty("elapsedMilliseconds");
    expect(trace["backend"]).not.toBe("none");
    expect(read.provenance).toBeUndefined();
    if (typeof threshold === "object") expect(Object.keys(threshold)).toEqual(["rule", "value"]);
  });
});
