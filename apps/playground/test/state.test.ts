import { describe, expect, it } from "vitest";
import { changed, redone, retracted, started, undone } from "../src/state/history.ts";
import { latest } from "../src/state/latest.ts";

describe("the history", () => {
  it("goes back and forth through changes", () => {
    const three = changed(changed(started("one"), "two", false), "three", false);
    const back = undone(undone(three));
    expect(back.present).toBe("one");
    expect(redone(redone(back)).present).toBe("three");
    expect(undone(undone(undone(three))).present).toBe("one");
  });

  it("takes joined changes back in one step", () => {
    const slid = changed(changed(changed(started(0), 1, false), 2, true), 3, true);
    expect(undone(slid).present).toBe(0);
  });

  it("forgets what was undone once something else is done", () => {
    const other = changed(undone(changed(started(0), 1, false)), 5, false);
    expect(redone(other)).toBe(other);
  });

  it("knows nothing of a state that was none", () => {
    const refused = changed(changed(started("one"), "two", false), "none", false);
    expect(retracted(refused, "other", (before) => before === "two")).toEqual(changed(started("one"), "two", false));
    expect(retracted(undone(refused), "other", (before) => before === "else")).toEqual({
      past: ["one"],
      present: "other",
      future: ["none"],
    });
  });

  it("keeps a bounded number of steps", () => {
    let history = started(0);
    for (let step = 1; step <= 1000; step++) history = changed(history, step, false);
    expect(history.past.length).toBeLessThanOrEqual(200);
  });
});

describe("the newest call", () => {
  it("is the only one to run after the one under way", async () => {
    const ran: number[] = [];
    const gates: (() => void)[] = [];
    const call = latest((value: number) => {
      ran.push(value);
      return new Promise<void>((open) => gates.push(open));
    });

    [1, 2, 3, 4].forEach((value) => call(value));
    gates.shift()!();
    await new Promise((settle) => setImmediate(settle));

    expect(ran).toEqual([1, 4]);
  });
});
