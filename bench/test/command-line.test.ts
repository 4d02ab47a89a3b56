import { describe, expect, it } from "vitest";
import { peerKinds } from "../src/benchmark.ts";
import { readWishes } from "../src/command-line.ts";

const EVERYTHING = {
  task: "run",
  filters: [],
  only: [],
  rounds: 5,
  shapes: [],
  separations: [],
  covariances: [],
  peers: peerKinds,
  quick: false,
  notes: [],
  writes: true,
};

describe("the command line", () => {
  it("asks for everything in five rounds, kept, when nothing is said", () => {
    expect(readWishes([])).toEqual(EVERYTHING);
  });

  it("takes names, shapes and rounds", () => {
    const words = ["em-iteration", "--only", "point", "--shape", "1e5,2,10", "--shape", "300,4,3", "--rounds", "2"];
    expect(readWishes(words)).toEqual({
      ...EVERYTHING,
      filters: ["em-iteration"],
      only: ["point"],
      rounds: 2,
      shapes: ["1e5,2,10", "300,4,3"],
      writes: false,
    });
  });

  it("takes data, covariances and peers, one by one or in a list", () => {
    const wishes = readWishes([
      "--data",
      "well",
      "--covariance",
      "diag,tied",
      "--covariance",
      "full",
      "--peer",
      "npm",
      "--peer",
      "sklearn",
    ]);
    expect(wishes).toMatchObject({ separations: ["well"], covariances: ["diag", "tied", "full"], peers: ["sklearn", "npm"] });
  });

  it("leaves all peers out when told so", () => {
    expect(readWishes(["--peer", "none"]).peers).toEqual([]);
  });

  it.each([["--shape=300,4,3"], ["--data=over"], ["--covariance=full"], ["--peer=none"], ["--quick"], ["--dry"]])(
    "never keeps a part as the whole: %s",
    (option) => {
      expect(readWishes([option]).writes).toBe(false);
    },
  );

  it("keeps a benchmark of its own: the others keep theirs", () => {
    expect(readWishes(["--only", "point", "--rounds", "9"]).writes).toBe(true);
  });

  it("does one round in a quick run, unless told otherwise", () => {
    expect(readWishes(["--quick"]).rounds).toBe(1);
    expect(readWishes(["--quick", "--rounds", "3"]).rounds).toBe(3);
  });

  it("can ask for the page or for help", () => {
    expect([readWishes(["--page"]).task, readWishes(["--help"]).task]).toEqual(["page", "help"]);
  });

  it.each(["0", "2.5", "many"])("refuses %s rounds", (rounds) => {
    expect(() => readWishes(["--rounds", rounds])).toThrow("--rounds is a whole number ≥ 1");
  });

  it("refuses values and options it does not know", () => {
    expect(() => readWishes(["--data", "under"])).toThrow('--data is one of over, well; found "under".');
    expect(() => readWishes(["--covariance", "round"])).toThrow("--covariance is one of full");
    expect(() => readWishes(["--round", "3"])).toThrow("--round");
  });
});
