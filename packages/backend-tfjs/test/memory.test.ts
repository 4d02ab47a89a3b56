import { loadData } from "@mixtura/fixtures";
import { GaussianMixture, KMeans } from "@mixtura/mixture";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { engines } from "./engines.ts";

const { rows } = loadData("iris");
const many = {
  data: Float64Array.from({ length: 12_000 * 4 }, (_, at) => rows[Math.floor(at / 4) % 150]![at % 4]!),
  rows: 12_000,
  columns: 4,
};

describe.each(engines)("tensors before and after: tfjs $engine", ({ engine, create, liveTensors }) => {
  it("are as many after fits and predictions of every kind", async () => {
    const backend = await create();
    const before = liveTensors();

    const mixture = await new GaussianMixture({ nComponents: 3, nInit: 2, randomState: 1, backend }).fit(rows);
    const clusters = await new KMeans({ nClusters: 3, randomState: 1, backend }).fit(rows);
    for (const method of ["predict", "predictProba", "scoreSamples", "score"] as const) await mixture[method](rows);
    for (const method of ["predict", "transform", "score"] as const) await clusters[method](rows);

    expect(liveTensors()).toBe(before);
  });

  it("are as many after aborted fits and predictions", async () => {
    const backend = await create();
    const before = liveTensors();
    const model = await new GaussianMixture({ nComponents: 2, randomState: 1, maxIter: 2, backend }).fit(rows);
    for (const iteration of [1, 2]) {
      const controller = new AbortController();
      const estimator = new GaussianMixture({ nComponents: 3, randomState: 1, tol: 0, maxIter: 5, backend });
      const onProgress = (event: { iteration: number }): void => {
        if (event.iteration === iteration) controller.abort();
      };
      await expect(estimator.fit(many, { signal: controller.signal, onProgress })).rejects.toMatchObject({ code: "aborted" });
    }
    const soon = new AbortController();
    const pending = model.scoreSamples(many, { signal: soon.signal });
    soon.abort();
    await expect(pending).rejects.toMatchObject({ code: "aborted" });

    expect(liveTensors()).toBe(before);
  });

  it("are as many after errors", async () => {
    const backend = await create();
    const before = liveTensors();
    const model = await new GaussianMixture({ nComponents: 2, randomState: 1, maxIter: 2, backend }).fit(rows);

    await expect(new GaussianMixture({ nComponents: 2, backend }).fit([[1, Number.NaN]])).rejects.toMatchObject({ code: "not-finite" });
    await expect(new GaussianMixture({ nComponents: 20, backend }).fit(rows.slice(0, 5))).rejects.toMatchObject({ code: "too-few-rows" });
    await expect(model.predict([[1]])).rejects.toMatchObject({ code: "feature-mismatch" });
    await expect(model.score(rows, { sampleWeight: [1] })).rejects.toMatchObject({ code: "invalid-weight" });
    const progress = new GaussianMixture({ nComponents: 2, backend }).fit(rows, {
      onProgress() {
        throw new Error("the caller's own");
      },
    });
    await expect(progress).rejects.toThrow("the caller's own");

    expect(liveTensors()).toBe(before);
  });

  it("of a matrix that several fits use are freed with it", async () => {
    const backend = await create();
    const before = liveTensors();
    const uploaded = await backend.matrix(rows);
    for (const nComponents of [1, 2]) await new GaussianMixture({ nComponents, randomState: 1, maxIter: 2, backend }).fit(uploaded);
    await uploaded[Symbol.asyncDispose]();
    expect(liveTensors()).toBe(before);
  });

  it("and the engine that was active stays active", async () => {
    if (engine === "tensorflow") return; // a namespace of its own, with no other engine to be active
    const other = engine === "wasm" ? "cpu" : "wasm";
    for (const { engine: each, create: start } of engines) if (each === other) await start();
    const backend = await create();
    await tf.setBackend(other);

    await new KMeans({ nClusters: 2, randomState: 1, backend }).fit(rows);

    expect(tf.getBackend()).toBe(other);
  });
});
