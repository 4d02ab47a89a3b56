import { availableParallelism } from "node:os";
import type { Backend } from "@mixtura/backend";
import { createPace } from "@mixtura/core/authoring";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createWasmBackend } from "../src/backend.ts";
import type { WasmMatrix } from "../src/matrix.ts";
import { IDLE_MILLISECONDS } from "../src/threads/pool.ts";
import { SPAN_ROWS } from "../src/threads/spans.ts";
import { READY } from "../src/threads/words.ts";
import type { Problem } from "./data.ts";
import { draw } from "./data.ts";
import { EVERY_CALL } from "./every-call.ts";
import { sharedPasses, warmThreads } from "./warm-threads.ts";

const CHUNK_ROWS = 4096;
/** Below, at and over the ends of spans and chunks; at least two spans, so that there is something to share. */
const ROWS = [SPAN_ROWS + 1, 2 * SPAN_ROWS - 1, 2 * SPAN_ROWS, CHUNK_ROWS - 1, CHUNK_ROWS, CHUNK_ROWS + 1, 2 * CHUNK_ROWS + 300];

/** Unrolled kernels, tiled ones with a shared and with own factors, and the diagonal ones; all with work enough to be shared. */
const MIXTURES = [
  { features: 3, count: 10 },
  { features: 9, count: 4 },
  { features: 9, count: 4, shared: true },
  { features: 7, count: 5, shape: "diag" },
  { features: 7, count: 5, shape: "spherical", shared: true },
] as const;

const CASES = MIXTURES.flatMap((mixture, index) =>
  ROWS.filter((_, at) => index === 0 || at % 3 === index % 3).map((rows) => ({ ...mixture, rows })),
);

// One processor is never given workers.
const several = availableParallelism() > 1;
const EXPECTATION = "expectation, full scatter, soft, row weights";

async function everyResult(backend: Backend<WasmMatrix>, problem: Problem): Promise<Map<string, Float64Array>> {
  const handle = await backend.upload(problem.data);
  const results = new Map<string, Float64Array>();
  for (const [name, call] of Object.entries(EVERY_CALL)) results.set(name, await call(backend.kernels, handle, problem));
  backend.release(handle);
  return results;
}

describe.skipIf(!several)(`passes on several threads${several ? "" : " (skipped: this machine has one processor)"}`, () => {
  const one = createWasmBackend({ threads: 1 });
  const two = createWasmBackend({ threads: 2 });
  const three = createWasmBackend({ threads: 3 });

  beforeAll(async () => {
    await warmThreads(two);
    await warmThreads(three);
  });
  afterAll(() => Promise.all([two.close(), three.close()]));
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it.each(CASES)("give the bits of one thread: n = $rows, d = $features, k = $count, $shape", async (size) => {
    const problem = draw(size);
    await warmThreads(two);
    await warmThreads(three);

    const expected = await everyResult(one, problem);

    for (const backend of [two, three]) expect(await everyResult(backend, problem)).toEqual(expected);
  });

  it.each(Object.keys(EVERY_CALL))("are shared: %s", async (name) => {
    await warmThreads(three);
    const problem = draw({ rows: 3 * SPAN_ROWS + 5, features: 9, count: 6 });
    const handle = await three.upload(problem.data);

    const before = sharedPasses(handle);
    await EVERY_CALL[name]!(three.kernels, handle, problem);

    expect(sharedPasses(handle)).toBe(before + 1);
    three.release(handle);
  });

  it("are right when several run at once on one backend", async () => {
    await warmThreads(three);
    const problems = [1, 2, 3, 4].map((seed) => draw({ rows: 6000, features: 5, count: 6, seed }));
    const expected = await Promise.all(problems.map((problem) => everyResult(one, problem)));

    expect(await Promise.all(problems.map((problem) => everyResult(three, problem)))).toEqual(expected);
  });

  it("free their memory when they are aborted, and leave the next pass right", async () => {
    await warmThreads(three);
    const problem = draw({ rows: 60_000, features: 8, count: 12 });
    const handle = await three.upload(problem.data);
    const { arena } = handle.packed!;
    const taken = arena.take(64);
    const reference = await one.upload(problem.data);
    const expected = await EVERY_CALL[EXPECTATION]!(one.kernels, reference, problem);
    one.release(reference);

    for (const milliseconds of [0, 1, 2, 5, 9]) {
      const controller = new AbortController();
      const before = sharedPasses(handle);
      const pass = EVERY_CALL["expectation, full scatter, soft"]!(three.kernels, handle, problem, createPace(controller.signal));
      setTimeout(() => controller.abort(), milliseconds);
      // A quick machine may be done before the abort.
      const outcome = await pass.then(
        () => "done",
        (error: { code: string }) => error.code,
      );
      expect(["aborted", "done"]).toContain(outcome);
      expect(sharedPasses(handle)).toBe(before + 1);
      expect(await EVERY_CALL[EXPECTATION]!(three.kernels, handle, problem)).toEqual(expected);
    }

    arena.give(taken);
    three.release(handle);
    expect(arena.empty).toBe(true);
  });

  it("go on after close(), on new workers once they pay again", async () => {
    await warmThreads(two);
    await two.close();
    const problem = draw({ rows: 5000, features: 9, count: 4 });

    const alone = await everyResult(two, problem);
    await warmThreads(two);

    expect(alone).toEqual(await everyResult(one, problem));
    expect(await everyResult(two, problem)).toEqual(alone);
  });

  it("end right when close() comes in their middle", async () => {
    const problem = draw({ rows: 300_000, features: 8, count: 12 });
    const reference = await one.upload(problem.data);
    const expected = await EVERY_CALL[EXPECTATION]!(one.kernels, reference, problem);
    one.release(reference);
    const handle = await three.upload(problem.data);
    await warmThreads(three);

    const before = sharedPasses(handle);
    const pass = EVERY_CALL[EXPECTATION]!(three.kernels, handle, problem);
    while (sharedPasses(handle) === before) await new Promise((resolve) => void setTimeout(resolve, 0));
    const closed = three.close();

    expect(await pass).toEqual(expected);
    await closed;
    three.release(handle);
  });

  it("let their workers go when nothing has been asked of them for five seconds, and not long before", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const backend = createWasmBackend({ threads: 2 });
    await warmThreads(backend);
    const handle = await backend.upload(draw({ rows: 10, features: 2, count: 1 }).data);
    const { control } = handle.packed!.arena;
    expect(Atomics.load(control, READY)).toBe(1);
    const before = sharedPasses(handle);
    const now = performance.now();
    const clock = vi.spyOn(performance, "now");

    // Somebody looks every two and a half seconds; workers are told to leave by a call that no pass follows.
    clock.mockReturnValue(now + IDLE_MILLISECONDS / 2);
    vi.advanceTimersByTime(IDLE_MILLISECONDS);
    expect(sharedPasses(handle)).toBe(before);
    clock.mockReturnValue(now + IDLE_MILLISECONDS + 100);
    vi.advanceTimersByTime(IDLE_MILLISECONDS);
    expect(sharedPasses(handle)).toBe(before + 1);

    backend.release(handle);
  });
});
