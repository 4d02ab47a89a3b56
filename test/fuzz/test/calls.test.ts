// Random calls to everything that packages export, and to all methods of fitted models: no untyped error, no NaN that the docs do not announce, no
// model that is not read back, no call that cannot be cancelled.
import { expect, it } from "vitest";
import { attack } from "../src/calls/attack.ts";
import { rules } from "../src/calls/rules.ts";
import { cases, seed } from "../src/effort.ts";

it("calls end in an answer or in an error of ours", { timeout: 3_600_000 }, async () => {
  const { one, targets } = await attack(seed, rules);
  expect(targets.length).toBeGreaterThan(300); // so that a change of the packages' shape does not leave some out

  const found: string[] = [];
  for (let index = 0; index < cases(1500); index++) {
    const finding = await one(index);
    if (finding !== undefined) found.push(`call ${index} of seed ${seed}, ${finding.target}: ${finding.problem}`);
  }

  expect(found).toEqual([]);
});
