import type { Backend } from "../src/index.ts";
import { defineBackend, referenceBackend } from "../src/index.ts";
import type { BackendCandidate } from "../src/trial.ts";
import { chooseBackend, tryBackend } from "../src/trial.ts";
import { describe, expect, it } from "vitest";
import { countedDevice } from "@mixtura/fixtures/counted-device";

const reference: BackendCandidate = { name: "reference", precision: "float64", load: async () => referenceBackend };
const missing: BackendCandidate = { name: "missing", precision: "float64", load: () => Promise.reject(new Error("it is not installed.")) };

/** A backend whose log-likelihoods are off. */
const wrong: BackendCandidate = {
  name: "wrong",
  precision: "float64",
  load: async () => ({
    ...referenceBackend,
    kernels: {
      ...referenceBackend.kernels,
      async expectation(...given) {
        const moments = await referenceBackend.kernels.expectation(...(given as Parameters<typeof referenceBackend.kernels.expectation>));
        return { ...moments, logLikelihood: moments.logLikelihood * 1.001 };
      },
    },
  }),
};

const single = (): { candidate: BackendCandidate; liveHandles: () => number } => {
  const device = countedDevice("float32");
  return {
    candidate: { name: "single", precision: "float32", load: async () => defineBackend(device.primitives) as Backend },
    liveHandles: device.liveHandles,
  };
};

describe("a trial", () => {
  it("tells a sound backend with its error, and its time where that is wanted", async () => {
    expect(await tryBackend(reference)).toEqual({
      name: "reference",
      precision: "float64",
      state: "sound",
      backend: referenceBackend,
      error: 0,
      tolerance: 1e-10,
    });
    expect((await tryBackend(reference, { timed: true })).millisecondsPerPass).toBeGreaterThan(0);
  });

  it("holds float32 to what float32 can do, and leaves nothing on the device", async () => {
    const { candidate, liveHandles } = single();

    const { state, error } = await tryBackend(candidate);

    expect(state).toBe("sound");
    expect(error).toBeGreaterThan(0);
    expect(error).toBeLessThan(1e-5); // 1000 sums of numbers rounded to 6e-8
    expect(liveHandles()).toBe(0);
  });

  it("tells one that is absent, wrong, broken or not what it says, with the reason", async () => {
    const broken: BackendCandidate = {
      ...reference,
      load: async () => ({ ...referenceBackend, upload: () => Promise.reject(new Error("out of memory")) }),
    };
    const mislabelled: BackendCandidate = { ...single().candidate, precision: "float64" };

    expect(await tryBackend(missing)).toMatchObject({ state: "absent", reason: "it is not installed." });
    expect(await tryBackend(wrong)).toMatchObject({ state: "wrong", reason: "its results are off by 0.0010" });
    expect(await tryBackend(broken)).toMatchObject({ state: "wrong", reason: "out of memory" });
    expect(await tryBackend(mislabelled)).toMatchObject({ state: "wrong", reason: "it declares float32" });
  });

  it("ends when it is aborted, though what it waits for never comes", async () => {
    const never: BackendCandidate = { ...reference, load: () => new Promise(() => undefined) };
    await expect(tryBackend(never, { signal: AbortSignal.timeout(10) })).rejects.toMatchObject({ code: "aborted" });
    await expect(tryBackend(reference, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "aborted" });
  });
});

describe("a choice", () => {
  it("takes the first that is there and right, and says why not the others", async () => {
    const { name, backend, trials, explanation } = await chooseBackend([missing, wrong, reference]);

    expect([name, backend]).toEqual(["reference", referenceBackend]);
    expect(trials.map(({ state }) => state)).toEqual(["absent", "wrong", "sound"]);
    expect(explanation).toBe(
      "missing: not there (it is not installed). wrong: not right (its results are off by 0.0010). " +
        "reference: chosen, the first that is there and right; it computes in float64.",
    );
  });

  it("never comes to single precision unless it is named", async () => {
    const { candidate } = single();

    expect((await chooseBackend([candidate, reference])).name).toBe("reference");
    const nothing = await chooseBackend([candidate, missing]);
    expect(nothing).toMatchObject({ name: "reference", precision: "float64" });
    expect(nothing.explanation).toContain("reference: chosen, since nothing else is there; it computes in float64.");

    const named = await chooseBackend([candidate, reference], { prefer: ["single", "reference"] });
    expect(named).toMatchObject({ name: "single", precision: "float32" });
    expect(named.explanation).toContain("it computes in float32, since it was asked for by name; fits estimate its error and report it.");
  });

  it("refuses names that nobody has, before anything is loaded", async () => {
    const loads = { ...reference, load: () => Promise.reject(new Error("loaded")) };
    await expect(chooseBackend([loads], { prefer: ["abacus"] })).rejects.toMatchObject({
      code: "invalid-option",
      message: 'selectBackend: "prefer" names "abacus", which is not known. Known are reference.',
    });
    await expect(chooseBackend([loads], { prefer: "reference" as unknown as string[] })).rejects.toMatchObject({ code: "invalid-option" });
  });

  it("ends when it is aborted", async () => {
    await expect(chooseBackend([reference], { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "aborted" });
  });
});
