import { abortError } from "../src/internal.ts";
import { createPace } from "../src/authoring.ts";
import { afterEach, describe, expect, it, vi } from "vitest";

/** A clock that only the test moves: what other programs on the machine do is none of a pace's business here. */
function stoppedClock(): { advance(milliseconds: number): void } {
  let now = 1000;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  return { advance: (milliseconds) => (now += milliseconds) };
}

afterEach(() => vi.restoreAllMocks());

describe("createPace", () => {
  it("is due after more than 8 ms of work, and not before", () => {
    const clock = stoppedClock();
    const pace = createPace();

    expect(pace.due()).toBe(false);
    clock.advance(8);
    expect(pace.due()).toBe(false);
    clock.advance(0.5);
    expect(pace.due()).toBe(true);
  });

  it("counts from the last turn on", async () => {
    const clock = stoppedClock();
    const pace = createPace();

    clock.advance(12);
    await pace.turn();
    expect(pace.due()).toBe(false);
    clock.advance(8);
    expect(pace.due()).toBe(false);
    clock.advance(0.5);
    expect(pace.due()).toBe(true);
  });

  it("lets timers and messages run at every turn", async () => {
    const pace = createPace();
    let ran = 0;

    for (let block = 1; block <= 5; block++) {
      setImmediate(() => ran++);
      await pace.turn();
      expect(ran).toBe(block);
    }
  });

  it("rejects a turn with `aborted` when a timer called the work off", async () => {
    const controller = new AbortController();
    const pace = createPace(controller.signal);
    setTimeout(() => controller.abort("enough"), 1);

    const work = (async () => {
      for (;;) {
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
