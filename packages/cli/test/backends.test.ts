import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mixtura, temporaryFolder } from "./mixtura.ts";

const folder = temporaryFolder();
afterAll(folder.remove);

const csv = `x,y\n${Array.from({ length: 60 }, (_, row) => `${(row % 7) + (row % 2) * 40},${(row * 5) % 11}`).join("\n")}\n`;
beforeAll(() => writeFileSync(folder.path("data.csv"), csv));

describe("mixtura backends", () => {
  it("lists what is there, whether it agrees and how fast it is; for the rest, what it needs", async () => {
    const { stdout, code } = await mixtura(["backends"]);

    expect(code).toBe(0);
    for (const line of [
      /^ {2}wasm +float64 +agrees +\S+ \(at most 1e-10\) +\S+ ms +\S+×$/m,
      /^ {2}tfjs-wasm +float32 +agrees +\S+ \(at most 1e-4\)/m,
    ])
      expect(stdout).toMatch(line);
    expect(stdout).toMatch(/^ {2}reference .* 1\.0×$/m);
    expect(stdout).toMatch(/Not there\n\n {2}tfjs-node-gpu: .*is not installed\. Run npm install\s+@tensorflow\/tfjs-node-gpu/);
    expect(stdout).not.toMatch(/NaN|undefined/);
  });

  it("prints it as JSON for programs", async () => {
    const { stdout } = await mixtura(["backends", "--json"]);
    const { backends } = JSON.parse(stdout) as { backends: { name: string; state: string; millisecondsPerPass?: number }[] };
    const [first] = backends;
    expect(first).toMatchObject({ name: "wasm", state: "sound" });
    expect(first!.millisecondsPerPass).toBeGreaterThan(0);
    expect(backends.find(({ name }) => name === "tfjs-node")).toMatchObject({ state: "absent" });
  });
});

describe("--backend", () => {
  it("fits, predicts and scores on an engine of TensorFlow.js, and the summary says that it is in single precision", async () => {
    const model = folder.path("model.json");
    const fit = await mixtura(["fit", folder.path("data.csv"), "--n-components", "2", "--backend", "tfjs-wasm", "--output", model]);
    expect(fit.stderr).toBe("");
    expect(fit.code).toBe(0);
    expect(fit.stdout).toMatch(/in single precision on "tfjs-wasm"/);

    const [single, double] = await Promise.all(
      ["tfjs-wasm", "wasm"].map((backend) => mixtura(["predict", model, folder.path("data.csv"), "--backend", backend])),
    );
    expect(single!.stdout).toBe(double!.stdout);
    const score = await mixtura(["score", model, folder.path("data.csv"), "--backend", "tfjs-wasm"]);
    expect(score.stdout).toContain("mean log-density");
  });

  it("says what to install for one that is not there, and refuses names that it does not know", async () => {
    const [absent, unknown] = await Promise.all(
      ["tfjs-node", "abacus"].map((backend) => mixtura(["fit", folder.path("data.csv"), "--backend", backend])),
    );
    expect(absent).toMatchObject({ code: 1 });
    expect(absent!.stderr).toMatch(/^error\[backend-unavailable\]: .*npm install @tensorflow\/tfjs-node/);
    expect(unknown).toMatchObject({ code: 2 });
    expect(unknown!.stderr).toContain("auto, wasm, reference, ml-matrix");
  });
});
