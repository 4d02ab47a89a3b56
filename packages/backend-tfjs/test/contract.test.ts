import { describeBackend } from "@mixtura/testing";
import { describe, expect, it } from "vitest";
import { engines, NATIVE } from "./engines.ts";

// The tolerances of float32 serve every engine: what they differ in, the order of sums and the last digits of exponentials, is far below them.
for (const { engine, liveTensors, create } of engines) {
  describeBackend({ name: `tfjs ${engine}`, precision: "float32", create, liveHandles: liveTensors }, { describe, expect, it });
}

it.skipIf(NATIVE === undefined)("backend contract: tfjs tensorflow (skipped: scripts/tfjs-node-from-wheel.mjs runs it)", () => {
  expect(engines.map(({ engine }) => engine)).toContain("tensorflow");
});
