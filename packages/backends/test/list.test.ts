import { readFileSync } from "node:fs";
import { join } from "node:path";
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { backendsOn, knownBackends } from "../src/index.ts";

const manifest = JSON.parse(readFileSync(join(import.meta.dirname, "..", "package.json"), "utf8")) as {
  readonly dependencies: Readonly<Record<string, string>>;
};

describe("the list of backends", () => {
  it("has each name once, each with a package that is installed with it and a platform to run on", () => {
    expect(new Set(knownBackends.map(({ name }) => name)).size).toBe(knownBackends.length);
    expect(Object.keys(manifest.dependencies)).toEqual(expect.arrayContaining(knownBackends.map((backend) => backend.package)));
    expect(knownBackends.filter(({ runsIn }) => runsIn.length === 0)).toEqual([]);
  });

  it("begins with float64: no choice ends in single precision unless it is named", () => {
    const precisions = knownBackends.map(({ precision }) => precision);

    expect(precisions.lastIndexOf("float64")).toBeLessThan(precisions.indexOf("float32"));
  });

  it.each(backendsOn("node").filter(({ precision }) => precision === "float64"))(
    "loads $name, in the precision that it states",
    async ({ load, precision, missing }) => {
      expect(await missing()).toBeUndefined();
      expect((await load()).precision).toBe(precision);
    },
  );

  it("loads engines of TensorFlow.js from the namespace that the program has", async () => {
    const asked: string[] = [];
    const cpu = knownBackends.find(({ name }) => name === "tfjs-cpu")!;

    const backend = await cpu.load({ tensorFlow: async (from, engine) => (asked.push(`${from} ${engine}`), tf) });

    expect([backend.name, backend.precision]).toEqual(["tfjs-cpu", cpu.precision]);
    expect(asked).toEqual(["@tensorflow/tfjs cpu"]);
  });

  it("says what is missing where a platform lacks it", async () => {
    const missing = async (wanted: string) => knownBackends.find(({ name }) => name === wanted)!.missing();

    expect(await missing("tfjs-webgl")).toBe("There is no WebGL 2 off the page's thread here."); // Node has none
    expect(await missing("tfjs-webgpu")).toMatch(/WebGPU/);
    expect(await missing("wasm")).toBeUndefined();
  });

  it("rejects with what to install", async () => {
    const gpu = knownBackends.find(({ name }) => name === "tfjs-node-gpu")!;

    await expect(gpu.load()).rejects.toMatchObject({
      code: "backend-unavailable",
      message: expect.stringContaining(`npm install ${gpu.needs[0]}`) as string,
    });
  });
});
