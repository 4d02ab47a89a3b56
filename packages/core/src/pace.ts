import { MixturaError, show } from "./errors.ts";

/**
 * Keeps long work polite: it says when the event loop is due a turn, gives it one, and ends the work when it is aborted.
 */
export interface Pace {
  /** Whether {@link Pace.turn} should be awaited now. Cheap enough to ask once per block of rows. */
  due(): boolean;
  /** Lets timers, input and aborts run, then rejects with `aborted` if the work was aborted meanwhile. */
  turn(): Promise<void>;
  /** Throws `aborted` if the work was aborted. */
  check(): void;
  readonly signal: AbortSignal | undefined;
}

/** Longest time in milliseconds that work keeps the event loop to itself between two turns. */
const TURN_MILLISECONDS = 8;

/**
 * A pace for one piece of work, which ends when `signal` is aborted.
 *
 * @example
 * ```ts run
 * const controller = new AbortController();
 * const pace = createPace(controller.signal);
 * for (let i = 0; i < 1000; i++) if (pace.due()) await pace.turn();
 * controller.abort();
 * pace.check() // throws aborted
 * ```
 */
export function createPace(signal?: AbortSignal): Pace {
  if (signal !== undefined && (typeof signal?.aborted !== "boolean" || typeof signal.addEventListener !== "function")) {
    throw new MixturaError("invalid-option", `The option "signal" must be an AbortSignal, found ${show(signal)}.`, {
      option: "signal",
      found: signal,
    });
  }
  let lastTurn = performance.now();
  const check = (): void => {
    if (signal?.aborted) throw abortError(signal);
  };
  return {
    signal,
    check,
    due: () => performance.now() - lastTurn > TURN_MILLISECONDS,
    async turn() {
      await macrotask();
      lastTurn = performance.now();
      check();
    },
  };
}

/** Rows between two looks at the clock. */
const STRIDE = 8192;

/** Does work on the rows 0 … count−1 in strides, giving the event loop its turns between them. */
export async function inStrides(count: number, pace: Pace, work: (start: number, end: number) => void): Promise<void> {
  for (let start = 0; start < count; start += STRIDE) {
    work(start, Math.min(start + STRIDE, count));
    if (pace.due()) await pace.turn();
  }
}

/**
 * The error of a call that was aborted; `cause` and `detail.reason` hold the reason given to `abort()`.
 *
 * @example
 * ```ts run
 * abortError(AbortSignal.abort("too slow")).detail
 * // => { reason: "too slow" }
 * ```
 */
export function abortError(signal: AbortSignal): MixturaError<"aborted"> {
  const reason: unknown = signal.reason;
  return new MixturaError("aborted", "The call was aborted before it was done.", { reason }, { cause: reason });
}

/**
 * A result, or a rejection with `aborted` as soon as the signal aborts: for waits that may never end. The work behind the promise is not stopped.
 *
 * @example
 * ```ts run
 * await abortable(Promise.resolve(1), undefined) // => 1
 * await abortable(new Promise(() => {}), AbortSignal.timeout(1))
 * // throws aborted
 * ```
 */
export function abortable<T>(result: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return result;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(abortError(signal));
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    void result.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}

interface Scheduling {
  setImmediate?: (callback: () => void) => unknown;
  MessageChannel?: new () => { port1: { onmessage: (() => void) | null; close(): void }; port2: { postMessage(message: unknown): void } };
  setTimeout: (callback: () => void, milliseconds: number) => unknown;
}

/** One turn of the event loop, without the 4 ms that nested timers cost. */
function macrotask(): Promise<void> {
  const { setImmediate, MessageChannel, setTimeout } = globalThis as unknown as Scheduling;
  return new Promise((resolve) => {
    if (setImmediate !== undefined) {
      setImmediate(resolve);
    } else if (MessageChannel !== undefined) {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    } else {
      setTimeout(resolve, 0);
    }
  });
}
