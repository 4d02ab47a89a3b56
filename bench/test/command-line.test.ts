import { describe, expect, it } from "vitest";
import { peerKinds } from "../src/benchmark.ts";
import { readRequest } from "../src/command-line.ts";

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
    expect(readRequest([])).toEqual(EVERYTHING);
  });

  it("takes names, shapes and rounds", () => {
    const words = ["em-iteration", "--only", "point", "--shape", "1e5,2,10", "--shape", "300,4,3", "--rounds", "2"];
    expect(readRequest(words)).toEqual({
      ...EVERYTHING,
      filters: ["em-iteration"],
      only: ["point"],
      rounds: 2,
      shapes: ["1e5,2,10", "300,4,3"],
      writes: false,
    });
  });

  it("takes data, covariances and peers, one by one or in a list", () => {
    const request = readRequest([
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
    expect(request).toMatchObject({ separations: ["well"], covariances: ["diag", "tied", "full"], peers: ["sklearn", "npm"] });
  });

  it("leaves all peers out on request", () => {
    expect(readRequest(["--peer", "none"]).peers).toEqual([]);
  });

  it.each([["--shape=300,4,3"], ["--data=over"], ["--covariance=full"], ["--peer=none"], ["--quick"], ["--dry"]])(
    "never keeps a part as the whole: %s",
    (option) => {
      expect(readRequest([option]).writes).toBe(false);
    },
  );

  it("keeps a benchmark of its own: the others keep theirs", () => {
    expect(readRequest(["--only", "point", "--rounds", "9"]).writes).toBe(true);
  });

  it("does one round in a quick run, unless set otherwise", () => {
    expect(readRequest(["--quick"]).rounds).toBe(1);
    expect(readRequest(["--quick", "--rounds", "3"]).rounds).toBe(3);
  });

  it("can ask for the page or for help", () => {
    expect([readRequest(["--page"]).task, readRequest(["--help"]).task]).toEqual(["page", "help"]);
  });

  it.each(["0", "2.5", "many"])("refuses %s rounds", (rounds) => {
    expect(() => readRequest(["--rounds", rounds])).toThrow("--rounds is a whole number ≥ 1");
  });

  it("refuses values and options it does not know", () => {
    expect(() => readRequest(["--data", "under"])).toThrow('--data is one of over, well; found "under".');
    expect(() => readRequest(["--covariance", "round"])).toThrow("--covariance is one of full");
    expect(() => readRequest(["--round", "3"])).toThrow("--round");
  });
});
