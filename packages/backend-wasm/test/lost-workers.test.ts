import { availableParallelism } from "node:os";
import { createPace } from "@mixtura/core/authoring";
import type { DoomedWorkers, End } from "@mixtura/fixtures/doomed-workers";
import { doomWorkers, ENDS } from "@mixtura/fixtures/doomed-workers";
import { afterEach, describe, expect, it } from "vitest";
import type { WasmBackend } from "../src/assemble.ts";
import { createWasmBackend } from "../src/backend.ts";
import { draw } from "./data.ts";
import { EVERY_CALL } from "./every-call.ts";
import { warmThreads } from "./warm-threads.ts";

// A pool's worker may end at any time: by the engine's hand, by a limit of memory, by a fault of its own. Nothing waits for it (#16).

const problem = draw({ rows: 40_000, features: 8, count: 6 });
const SUMMED = "expectation, full scatter, soft, row weights";
const PER_ROW = "responsibilities";
/** Changes of shared words by workers: none yet, the first span taken, some way in. */
const MOMENTS = [1, 2, 7];

let doomed: DoomedWorkers;
let backend: WasmBackend;

afterEach(async () => {
  doomed.restore();
  await backend.close();
});

/** Three threads of which two end as told. */
async function prepare(end: End): Promise<void> {
  doomed = doomWorkers(end);
  backend = createWasmBackend({ threads: 3 });
  await warmThreads(backend);
}

/** Repeats a pass until a worker has come to its end in one. The event loop gets its turns, as in every fit: it is what brings the news. */
async function untilLoss(losses: number, pass: () => Promise<Float64Array>, expected: Float64Array): Promise<void> {
  while (doomed.ended < losses) {
    expect(await pass()).toEqual(expected);
    await new Promise((resolve) => void setTimeout(resolve, 0));
  }
}

async function alone(name: string): Promise<Float64Array> {
  const one = createWasmBackend({ threads: 1 });
  const handle = await one.upload(problem.data);
  const numbers = await EVERY_CALL[name]!(one.kernels, handle, problem);
  one.release(handle);
  return numbers;
}

describe.skipIf(availableParallelism() === 1).each(ENDS)("a worker that ends in the middle of a pass: %s", (end) => {
  it.each([SUMMED, PER_ROW])("does not stop it, nor change a bit: %s", async (name) => {
    await prepare(end);
    const expected = await alone(name);

    for (const moment of MOMENTS) {
      await warmThreads(backend);
      const handle = await backend.upload(problem.data);
      const pass = () => EVERY_CALL[name]!(backend.kernels, handle, problem);
      doomed.arm(moment);
      await untilLoss(doomed.ended + 1, pass, expected);
      expect(await pass()).toEqual(expected);
      backend.release(handle);
      if ((await backend.engine()).threads === 1) break;
    }
  });

  it("does not keep an abort from settling it", async () => {
    await prepare(end);
    const handle = await backend.upload(problem.data);
    const expected = await alone(SUMMED);
    const controller = new AbortController();
    const pace = createPace(controller.signal);

    doomed.arm(2);
    const passes = (async () => {
      for (;;) expect(await EVERY_CALL[SUMMED]!(backend.kernels, handle, problem, pace)).toEqual(expected);
    })();
    const outcome = expect(passes).rejects.toMatchObject({ code: "aborted" });
    while (doomed.ended === 0) await new Promise((resolve) => void setTimeout(resolve, 0));
    controller.abort();
    await outcome;

    expect(await EVERY_CALL[SUMMED]!(backend.kernels, handle, problem)).toEqual(expected);
    backend.release(handle);
  });
});

describe.skipIf(availableParallelism() === 1)("after the loss of workers", () => {
  it("new ones serve later passes, until three have been lost", async () => {
    await prepare("exit");
    const expected = await alone(SUMMED);
    for (const losses of [1, 2, 3]) {
      await warmThreads(backend);
      doomed.arm(1);
      const handle = await backend.upload(problem.data);
      await untilLoss(losses, () => EVERY_CALL[SUMMED]!(backend.kernels, handle, problem), expected);
      await EVERY_CALL[SUMMED]!(backend.kernels, handle, problem);
      backend.release(handle);
      expect((await backend.engine()).threads).toBe(losses < 3 ? 3 : 1);
    }
  });
});
