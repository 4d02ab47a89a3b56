import { describe, expect, it } from "vitest";
import type { Contender } from "../src/harness.ts";
import { alternate } from "../src/harness.ts";

/** A contender whose turns take the listed seconds and lead to their number. */
function scripted(name: string, seconds: readonly number[], turns: string[]): Contender<number> {
  let turn = 0;
  return {
    name,
    async measure() {
      turns.push(name);
      return { seconds: seconds[turn]!, outcome: turn++ };
    },
  };
}

describe("contenders", () => {
  it("take turns within every round", async () => {
    const turns: string[] = [];
    await alternate([scripted("A", [1, 1, 1], turns), scripted("B", [1, 1, 1], turns)], { rounds: 2, rest: 0 });
    expect(turns.join("")).toBe("ABABAB");
  });

  it("have a first round that does not count", async () => {
    const [series] = await alternate([scripted("A", [99, 1, 2], [])], { rounds: 2, rest: 0 });
    expect(series).toEqual({ contender: "A", seconds: [1, 2], outcome: 2 });
  });

  it("may sit out the later rounds", async () => {
    const turns: string[] = [];
    const [, slow] = await alternate([scripted("A", [1, 1, 1, 1], turns), { ...scripted("B", [9, 2, 2, 2], turns), rounds: 1 }], {
      rounds: 3,
      rest: 0,
    });
    expect(turns.join("")).toBe("ABABAA");
    expect(slow!.seconds).toEqual([2]);
  });

  it("need at least one round", async () => {
    await expect(alternate([], { rounds: 0 })).rejects.toThrow("At least one round is needed, found 0.");
  });
});
