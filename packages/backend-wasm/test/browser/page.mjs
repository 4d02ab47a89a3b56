// What the pages of browser.test.ts run; the test bundles it with all that it imports.
import { gaussianComponents } from "@mixtura/backend";
import { createWasmBackend } from "@mixtura/backend-wasm";
import { createPace } from "@mixtura/core/authoring";
import { goldenBits } from "../golden-bits.mjs";

/** @typedef {new (url: string) => { terminate(): void, addEventListener(type: "message", listener: (event: { data: unknown }) => void): void }} WorkerClass */

/** Index of the word that counts the workers that serve a memory. */
const READY = 12;

const [rows, features, count] = [100_000, 8, 10];
const DATA = {
  data: Float64Array.from({ length: rows * features }, (_, index) => 2 * Math.cos(index * index)),
  rows,
  columns: features,
};
const COMPONENTS = gaussianComponents({
  weights: new Float64Array(count).fill(1 / count),
  means: Float64Array.from({ length: count * features }, (_, index) => Math.sin(index)),
  shape: "full",
  shared: false,
  whitening: Float64Array.from({ length: count * features * features }, (_, index) =>
    (index % (features * features)) % (features + 1) === 0 ? 1 : 0,
  ),
});

/**
 * One pass, with the pace that every estimator hands to its passes.
 *
 * @param {import("@mixtura/backend-wasm").WasmBackend} backend
 * @param {Awaited<ReturnType<import("@mixtura/backend-wasm").WasmBackend["upload"]>>} handle
 */
async function sumOf(backend, handle) {
  const { logLikelihood } = await backend.kernels.expectation(handle, COMPONENTS, {
    centres: COMPONENTS.means,
    scatter: "full",
    assignment: "soft",
    pace: createPace(),
  });
  return logLikelihood;
}

/** What a page can be asked for. @typedef {typeof tasks} Tasks */
const tasks = {
  /** What the backend runs on here, and whether the page may share memory. */
  async engine() {
    const isolated = /** @type {{ crossOriginIsolated?: boolean }} */ (globalThis).crossOriginIsolated === true;
    return { isolated, engine: await createWasmBackend().engine() };
  },

  /** The bits of both binaries. */
  async bits() {
    return { plain: await goldenBits(createWasmBackend({ deterministic: true })), own: await goldenBits(createWasmBackend()) };
  },

  /**
   * Thirty passes of 1e5 × 8 with 10 components, and the longest time that the page's thread was not free meanwhile: the least over groups of
   * five passes, since other programs can only lengthen it. A pass that kept the thread to itself would do so in every group.
   */
  async passes() {
    const backend = createWasmBackend();
    let longestGap = Infinity;
    let ticker = tick();
    const handle = await backend.upload(DATA);
    if (handle.packed === undefined) throw new Error("the rows are not in WebAssembly memory");
    const { control } = handle.packed.arena;
    /** @type {Set<number>} */
    const sums = new Set();
    let sharedPasses = 0;
    for (let pass = 0; pass < 30; pass++) {
      const before = control[0];
      sums.add(await sumOf(backend, handle));
      if (control[0] !== before) sharedPasses++;
      if (pass % 5 < 4) continue;
      longestGap = Math.min(longestGap, ticker.stop());
      ticker = tick();
    }
    ticker.stop();
    backend.release(handle);
    await backend.close();
    return { sums: [...sums], sharedPasses, longestGap };
  },

  /** What comes of passes while a worker is ended by its page, ends by an error, or by its own word. */
  async losses() {
    return {
      terminate: await lossBy('self.postMessage("terminate")'),
      error: await lossBy('throw new Error("a test ends this worker")'),
      close: await lossBy("self.close()"),
    };
  },
};

/**
 * Passes while a worker ends in the middle of one: whether each has the bits of one thread.
 *
 * @param {string} ending what the worker runs when its time has come
 */
async function lossBy(ending) {
  const threads = 3; // all of them workers: a page's own thread only waits
  // Words behind those that the threads use: changes of words to go until the end, and how many workers have come to it.
  const [COUNTDOWN, ENDED] = [200, 201];
  const prelude = `{
    const { add, sub, load } = Atomics;
    Atomics.add = (words, index, value) => {
      const result = add(words, index, value);
      if (load(words, ${COUNTDOWN}) > 0 && sub(words, ${COUNTDOWN}, 1) === 1) {
        add(words, ${ENDED}, 1);
        ${ending};
      }
      return result;
    };
  }`;
  const global = /** @type {{ Worker: WorkerClass }} */ (/** @type {unknown} */ (globalThis));
  const { Worker } = global;
  const createObjectURL = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (program) => createObjectURL(new Blob([prelude, program], { type: "text/javascript" }));
  global.Worker = class extends Worker {
    /** @param {string} url */
    constructor(url) {
      super(url);
      this.addEventListener("message", ({ data }) => data === "terminate" && this.terminate());
    }
  };
  try {
    const [alone, backend] = [createWasmBackend({ threads: 1 }), createWasmBackend({ threads })];
    const [one, handle] = [await alone.upload(DATA), await backend.upload(DATA)];
    const expected = await sumOf(alone, one);
    const words = /** @type {NonNullable<typeof handle.packed>} */ (handle.packed).arena.control;
    let same = true;
    for (let passes = 0; Atomics.load(words, READY) < threads && passes < 1000; passes++)
      same = (await sumOf(backend, handle)) === expected && same;
    Atomics.store(words, COUNTDOWN, 3);
    for (let passes = 0; Atomics.load(words, ENDED) === 0 && passes < 1000; passes++)
      same = (await sumOf(backend, handle)) === expected && same;
    for (let passes = 0; passes < 5; passes++) same = (await sumOf(backend, handle)) === expected && same;
    return { same, ended: words[ENDED] };
  } finally {
    global.Worker = Worker;
    URL.createObjectURL = createObjectURL;
  }
}

/** Measures gaps between turns of the event loop, by a timer: pages clamp it to 4 ms. */
function tick() {
  let [last, longest] = [performance.now(), 0];
  const look = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(look, 4);
  return {
    stop() {
      look();
      clearInterval(timer);
      return longest;
    },
  };
}

Object.assign(globalThis, { tasks });
