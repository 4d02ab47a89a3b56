import { describe, expect, it } from "vitest";
import { openSimdPeak } from "../src/peak/measure.ts";
import type { Arithmetic } from "../src/peak/module.ts";
import { OPERATIONS_PER_TURN, peakModule } from "../src/peak/module.ts";

interface WebAssemblyGlobal {
  readonly validate: (bytes: Uint8Array) => boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: { readonly run: (turns: number) => number } };
}

const { validate, Module, Instance } = (globalThis as unknown as { readonly WebAssembly: WebAssemblyGlobal }).WebAssembly;

describe("the kernel of the peak", () => {
  it("is valid WebAssembly with plain SIMD", () => {
    expect(validate(peakModule("plain"))).toBe(true);
  });

  it.each<Arithmetic>(["plain", "relaxed"])("does the operations that are counted: %s", (arithmetic) => {
    if (!validate(peakModule(arithmetic))) return; // a runtime without relaxed SIMD
    const run = (turns: number) => new Instance(new Module(peakModule(arithmetic))).exports.run(turns);

    // Twelve sums start at 0, 1 … 11. One step makes s into s + ⅛ (relaxed) or ½ s + ¼ (plain), and a turn has four steps for each.
    const steps = OPERATIONS_PER_TURN / 4 / 12;
    const expected = Array.from({ length: 12 }, (_, start) => {
      let sum = start;
      for (let step = 0; step < 3 * steps; step++) sum = arithmetic === "relaxed" ? sum + 0.125 : 0.5 * sum + 0.25;
      return sum;
    }).reduce((total, sum) => total + sum, 0);

    // Eighths and halves are exact; the last sum may round.
    expect(run(3)).toBeCloseTo(expected, 12);
  });

  it("tells a speed that is possible", () => {
    const { operationsPerSecond } = openSimdPeak().measure();
    expect(operationsPerSecond).toBeGreaterThan(1e8);
    expect(operationsPerSecond).toBeLessThan(1e13);
  });
});
