import { describe, expect, it } from "vitest";
import { readWishes } from "../src/command-line.ts";

describe("the command line", () => {
  it("asks for everything in five rounds, kept, when nothing is said", () => {
    expect(readWishes([])).toEqual({ filters: [], rounds: 5, shapes: [], notes: [], writes: true });
  });

  it("takes a filter, shapes and rounds; a part of the grid is never kept as the whole", () => {
    expect(readWishes(["em-iteration", "--shape", "1e5,2,10", "--shape", "300,4,3", "--rounds", "2"])).toEqual({
      filters: ["em-iteration"],
      rounds: 2,
      shapes: ["1e5,2,10", "300,4,3"],
      notes: [],
      writes: false,
    });
  });

  it.each(["0", "2.5", "many"])("refuses %s rounds", (rounds) => {
    expect(() => readWishes(["--rounds", rounds])).toThrow("--rounds is a whole number ≥ 1");
  });

  it("refuses options it does not know", () => {
    expect(() => readWishes(["--round", "3"])).toThrow("--round");
  });
});
