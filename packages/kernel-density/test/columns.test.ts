import { createRandom } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import { KernelDensity } from "../src/index.ts";

describe("the columns of a table (#17)", () => {
  const random = createRandom(3);
  const rows = Array.from({ length: 300 }, (_, i) => {
    const [net, vat] = [100 + random.integer(900), random.integer(90)];
    return { row: 17 + i, net, vat, gross: net + vat, flag: random.integer(2), amount: Math.exp(random.normal()) };
  });

  it("are named with the codes and words that mixtures have", async () => {
    const { trace } = await new KernelDensity().fit(rows);

    expect(trace.diagnostics.map(({ code }) => code)).toEqual([
      "counting-feature",
      "two-valued-feature",
      "skewed-feature",
      "collinear-features",
    ]);
    const [counter, flag, skewed, sum] = trace.diagnostics.map(({ message }) => message);
    expect(counter).toContain('"row" counts the rows up by 1');
    expect(flag).toContain('"flag" holds two values only');
    expect(skewed).toContain('log("amount")');
    expect(sum).toContain('"gross" = "net" + "vat"');
  });
});
