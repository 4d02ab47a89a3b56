import { abortError, createPace } from "../src/index.ts";
import { describe, expect, it } from "vitest";

/** Keeps the thread busy, as a pass over rows does. */
function busy(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

describe("createPace", () => {
  it("is due after a while of work, and not right after a turn", async () => {
    const pace = createPace();

    expect(pace.due()).toBe(false);
    busy(12);
    expect(pace.due()).toBe(true);
    await pace.turn();
    expect(pace.due()).toBe(false);
  });

  it("lets timers run during long work", async () => {
    const pace = createPace();
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);

    for (let block = 0; block < 40; block++) {
      busy(4);
      if (pace.due()) await pace.turn();
    }
    clearInterval(timer);

    // 160 ms of work with a turn at least every 12 ms makes 13 turns; half of them leave room for a busy machine.
    expect(ticks).toBeGreaterThanOrEqual(6);
  });

  it("rejects a turn with `aborted` when a timer called the work off", async () => {
    const controller = new AbortController();
    const pace = createPace(controller.signal);
    setTimeout(() => controller.abort("enough"), 1);

    const work = (async () => {
      for (;;) {
        busy(2);
        await pace.turn();
      }
    })();

    await expect(work).rejects.toMatchObject({ code: "aborted", name: "AbortError", detail: { reason: "enough" }, cause: "enough" });
  });

  it("throws from check once aborted, and not before", () => {
    const controller = new AbortController();
    const pace = createPace(controller.signal);

    expect(() => pace.check()).not.toThrow();
    controller.abort();
    expect(() => pace.check()).toThrow(expect.objectContaining({ code: "aborted", message: "The call was aborted before it was done." }));
  });

  it("needs no signal", async () => {
    const pace = createPace();

    expect(() => pace.check()).not.toThrow();
    await expect(pace.turn()).resolves.toBeUndefined();
    expect(pace.signal).toBeUndefined();
  });
});

it("keeps the reason of an abort as the cause", () => {
  expect(abortError(AbortSignal.abort(new Error("closed"))).cause).toMatchObject({ message: "closed" });
});
