import { describe, expect, it } from "vitest";
import type { Law, TestRunner } from "../../src/index.ts";
import type { Suite } from "../../src/describe-laws.ts";
import { describeLaws } from "../../src/index.ts";
import { dueLaws, judge } from "../../src/internal.ts";

const figure = { tolerance: 1e-12, unit: "relative", where: "case 3", reason: "rounding" };
const kept: Law<string, "a" | "b"> = { id: "kept", needs: ["a"], claim: "holds", check: async () => ({ ...figure, worst: 1e-15 }) };
const broken: Law<string, "a" | "b"> = { id: "broken", needs: [], claim: "does not hold", check: async () => ({ ...figure, worst: 1e-3 }) };
const elsewhere: Law<string, "a" | "b"> = { id: "elsewhere", needs: ["b"], claim: "is for others", check: async () => {} };

/** Runs a suite on a runner made of plain functions, and tells its titles and what failed. */
async function run(suite: Partial<Suite<string, "a" | "b">>): Promise<{ titles: string[]; failures: string[] }> {
  const titles: string[] = [];
  const failures: string[] = [];
  const bodies: [string, () => Promise<void>][] = [];
  const runner: TestRunner = {
    describe(title, body) {
      titles.push(title);
      body();
    },
    it: (title, body) => bodies.push([title, body]),
    expect: (found) => ({
      toEqual(expected) {
        if (JSON.stringify(found) !== JSON.stringify(expected)) failures.push(String(found));
      },
    }),
  };
  describeLaws(
    { title: "contract", laws: [kept, broken, elsewhere], capabilities: new Set(["a"] as const), subject: async () => "it", ...suite },
    runner,
  );
  for (const [title, body] of bodies) {
    titles.push(title);
    await body();
  }
  return { titles, failures };
}

describe("a suite of laws", () => {
  it("runs the laws whose needs are met, and says how many those are", async () => {
    const { titles } = await run({});

    expect(titles).toEqual(["contract (2 of 3 tests apply)", "kept: holds", "broken: does not hold", "exempts only laws that apply"]);
    expect(dueLaws([kept, elsewhere], new Set(["b"] as const))).toEqual([elsewhere]);
  });

  it("fails a broken law with its worst case, its tolerance and the reason for it", async () => {
    const { failures } = await run({});

    expect(failures).toEqual(["0.00100 relative is over the tolerance of 1e-12 (rounding), at: case 3"]);
  });

  it("lets an exempted law fail", async () => {
    expect((await run({ expectedFailures: { broken: "the device rounds" } })).failures).toEqual([]);
  });

  it("turns red when an exempted law holds", async () => {
    const { failures } = await run({ laws: [kept], expectedFailures: { kept: "it once did not" } });

    expect(failures).toEqual(['The exemption of "kept" is no longer needed: remove it.']);
  });

  it("turns red when a law is exempted that does not apply", async () => {
    const { failures } = await run({ laws: [kept, elsewhere], expectedFailures: { elsewhere: "by mistake" } });

    expect(failures).toEqual(["elsewhere"]);
  });

  it("treats a figure of NaN and a check that throws as broken", async () => {
    const lost: Law<string> = { ...kept, check: async () => ({ ...figure, worst: Number.NaN }) };
    const thrown: Law<string> = { ...kept, check: () => Promise.reject(new Error("no such device")) };

    expect((await judge(lost, "it")).passed).toBe(false);
    expect((await judge(thrown, "it")).problem).toBe("no such device");
  });
});
