// What the pages of browser.test.ts run; the test bundles it with all that it imports.
import { gaussianComponents } from "@mixtura/backend";
import { createWasmBackend } from "@mixtura/backend-wasm";
import { createPace } from "@mixtura/core/authoring";
import { goldenBits } from "../golden-bits.mjs";

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
    const [rows, features, count] = [100_000, 8, 10];
    const backend = createWasmBackend();
    const unit = Float64Array.from({ length: count * features * features }, (_, index) =>
      (index % (features * features)) % (features + 1) === 0 ? 1 : 0,
    );
    const components = gaussianComponents({
      weights: new Float64Array(count).fill(1 / count),
      means: Float64Array.from({ length: count * features }, (_, index) => Math.sin(index)),
      shape: "full",
      shared: false,
      whitening: unit,
    });
    const data = {
      data: Float64Array.from({ length: rows * features }, (_, index) => 2 * Math.cos(index * index)),
      rows,
      columns: features,
    };

    let longestGap = Infinity;
    let ticker = tick();
    const handle = await backend.upload(data);
    if (handle.packed === undefined) throw new Error("the rows are not in WebAssembly memory");
    const { control } = handle.packed.arena;
    const pace = createPace(); // what every estimator hands to its passes
    /** @type {Set<number>} */
    const sums = new Set();
    let sharedPasses = 0;
    for (let pass = 0; pass < 30; pass++) {
      const before = control[0];
      const { logLikelihood } = await backend.kernels.expectation(handle, components, {
        centres: components.means,
        scatter: "full",
        assignment: "soft",
        pace,
      });
      sums.add(logLikelihood);
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
};

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
