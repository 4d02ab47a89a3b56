import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { Arena } from "../src/arena.ts";
import { createWasmBackend } from "../src/backend.ts";
import { compileBinary } from "../src/binary.ts";
import { draw } from "./data.ts";
import { EVERY_CALL } from "./every-call.ts";

const module = await compileBinary(true);

describe("an arena", () => {
  /** What is asked of it: that many bytes, or that the part taken so many turns ago be given back. */
  const anyStep = fc.oneof(
    fc.record({ take: fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 300_000 })) }),
    fc.record({ give: fc.nat(20) }),
  );

  it("never gives the same bytes twice, and is one free part again when all is given back", () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 60 }), (steps) => {
        const arena = new Arena(module);
        const first = arena.take(1);
        arena.give(first);
        const taken: { start: number; end: number }[] = [];

        for (const step of steps) {
          if ("take" in step) {
            const start = arena.take(step.take);
            const end = start + Math.max(1, step.take);
            expect(start % 64).toBe(0);
            expect(end).toBeLessThanOrEqual(arena.bytes);
            expect(taken.filter((part) => part.start < end && start < part.end)).toEqual([]);
            taken.push({ start, end });
          } else if (taken.length > 0) {
            const [part] = taken.splice(step.give % taken.length, 1);
            arena.give(part!.start);
          }
        }
        for (const { start } of taken) arena.give(start);

        expect(arena.empty).toBe(true);
        const { bytes } = arena;
        expect(arena.take(bytes - first)).toBe(first);
        expect(arena.bytes).toBe(bytes);
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it("keeps what was written when it grows", () => {
    const arena = new Arena(module);
    const at = arena.take(8 * 100);
    arena.doubles.set(
      Float64Array.from({ length: 100 }, (_, i) => i),
      at / 8,
    );

    arena.take(10 * 2 ** 20);

    expect([...arena.doubles.subarray(at / 8, at / 8 + 100)]).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it("reports the size requested and the alternatives when WebAssembly's memory cannot hold it, and goes on", () => {
    const arena = new Arena(module);
    const part = arena.take(1000);

    expect(() => arena.take(5 * 2 ** 30)).toThrow(
      expect.objectContaining({
        code: "backend-unavailable",
        message:
          "wasm: cannot add 5120 MiB to the 1 MiB in WebAssembly memory (4096 MiB at most). " +
          "Give the data as a source of blocks, or use the reference backend.",
      }),
    );

    arena.give(part);
    expect(arena.take(1000)).toBe(part);
  });
});

describe("the backend's memory", () => {
  it("holds nothing once handles are released and passes are done", async () => {
    const backend = createWasmBackend({ threads: 1 });
    const problem = draw({ rows: 700, features: 7, count: 3 });
    const handle = await backend.upload(problem.data);
    const { arena } = handle.packed!;
    for (const call of Object.values(EVERY_CALL)) await call(backend.kernels, handle, problem);
    expect(arena.empty).toBe(false);

    backend.release(handle);
    backend.release(handle);

    expect(arena.empty).toBe(true);
  });

  it("is free of a pass that was refused for want of room", async () => {
    const backend = createWasmBackend({ threads: 1 });
    const rows = 4_000_000_000 / 8;

    // The rows are never looked at: room is asked for first.
    await expect(backend.upload({ data: new Float64Array(0), rows, columns: 8 })).rejects.toMatchObject({ code: "backend-unavailable" });

    const handle = await backend.upload({ data: Float64Array.of(1, 2), rows: 2, columns: 1 });
    expect((await backend.download(handle)).data).toEqual(Float64Array.of(1, 2));
  });

  it("goes back to the system a while after large data are released, and stays for small data", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const backend = createWasmBackend({ threads: 1 });
    const upload = async (megabytes: number) => {
      const rows = megabytes * 2 ** 14;
      return backend.upload({ data: new Float64Array(rows * 8), rows, columns: 8 });
    };
    const small = await upload(1);
    const kept = small.packed!.arena;
    backend.release(small);
    const large = await upload(40);
    const ref = new WeakRef(large.packed!.arena);
    expect(ref.deref() === kept).toBe(true);

    backend.release(large);
    const soon = await upload(1);
    vi.advanceTimersByTime(60_000);
    expect(soon.packed!.arena === kept).toBe(true); // in use again
    backend.release(soon);
    vi.advanceTimersByTime(60_000);

    const next = await upload(1);
    expect(next.packed!.arena === kept).toBe(false);
    backend.release(next);
    vi.useRealTimers();
  });

  it("goes back at once when the backend is closed, and is held by nothing after that", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const backend = createWasmBackend({ threads: 1 });
    const used = async () => {
      const handle = await backend.upload({ data: new Float64Array(5e6), rows: 5e5, columns: 10 });
      const memory = new WeakRef(handle.packed!.arena.memory);
      backend.release(handle);
      await backend.close();
      return memory;
    };

    const memory = await used();

    // An object that a promise's end saw last is freed some turns of the event loop later.
    for (let turn = 0; memory.deref() !== undefined && turn < 20; turn++) {
      await new Promise((resolve) => void setTimeout(resolve, 10));
      collect();
    }
    expect(memory.deref() === undefined).toBe(true);
  });
});
