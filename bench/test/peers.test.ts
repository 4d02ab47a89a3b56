import { describe, expect, it } from "vitest";
import { findArmadillo } from "../src/peers/armadillo.ts";
import { startJsonLines } from "../src/peers/json-lines.ts";
import { findNpmPeers } from "../src/peers/npm-packages.ts";
import { sortPeers } from "../src/peers/peer.ts";
import { findSklearn } from "../src/peers/sklearn.ts";

/** A child process that greets, answers every line with its own number, and complains about the number 13. */
const COUNTER = `
  console.log(JSON.stringify({ hello: process.env.WORD }));
  require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
    const { number } = JSON.parse(line);
    console.log(JSON.stringify(number === 13 ? { error: "not thirteen" } : { number }));
  });
`;

const startCounter = () => startJsonLines(process.execPath, ["-e", COUNTER], { ...process.env, WORD: "hello" });

describe("a program spoken to in lines of JSON", () => {
  it("greets, then answers in order", async () => {
    const { program, greeting } = await startCounter();
    const answers = await Promise.all([1, 2, 3].map((number) => program.ask({ number })));
    program.close();
    expect([greeting, ...answers]).toEqual([{ hello: "hello" }, { number: 1 }, { number: 2 }, { number: 3 }]);
  });

  it("rejects a request it answers with an error, and goes on", async () => {
    const { program } = await startCounter();
    await expect(program.ask({ number: 13 })).rejects.toThrow("not thirteen");
    await expect(program.ask({ number: 14 })).resolves.toEqual({ number: 14 });
    program.close();
  });

  it("rejects with its last words when it ends", async () => {
    const ending = startJsonLines(process.execPath, ["-e", "console.error('out of luck'); process.exit(3)"], process.env);
    await expect(ending).rejects.toThrow("out of luck");
  });
});

describe("an absent scikit-learn", () => {
  it("is named with the reason when there is no Python", async () => {
    const { peers, absent } = sortPeers([await findSklearn(1, "no-such-python")]);
    expect(peers).toEqual([]);
    expect(absent).toEqual([{ name: "scikit-learn 1T", reason: expect.stringContaining("no-such-python cannot be started") }]);
  });

  it("is named with the reason when the program is something else", async () => {
    // Node is no Python: it refuses the script and says why.
    const found = await findSklearn(2, process.execPath);
    expect(found).toMatchObject({ present: false, absent: { name: "scikit-learn 2T" } });
  });
});

describe("other absent programs", () => {
  it("are named with the reason when there is no compiler", async () => {
    const found = await findArmadillo("no-such-folder", 1, "no-such-compiler");
    expect(found).toEqual({ present: false, absent: { name: "Armadillo", reason: "no-such-compiler is not installed" } });
  });

  it("are named with the reason when no folder has the packages", async () => {
    const { absent } = sortPeers(await findNpmPeers(import.meta.dirname));
    expect(absent.map(({ name }) => name)).toEqual(["gaussian-mixture-model", "expectation-maximization"]);
    expect(absent[0]!.reason).toContain("Cannot find module 'gaussian-mixture-model'");
  });
});
