import type { WasmBackend } from "../src/assemble.ts";
import type { WasmMatrix } from "../src/matrix.ts";
import { GENERATION } from "../src/threads/words.ts";
import { draw } from "./data.ts";

/** Passes that workers were called to so far, on the memory that a handle lies in. */
export function sharedPasses(handle: WasmMatrix): number {
  return Atomics.load(handle.packed!.arena.control, GENERATION);
}

/** The longest that workers are waited for, in milliseconds: they start in some 20, on machines under load in far more. No test of speed. */
const PATIENCE = 300_000;

/**
 * Repeats passes until workers take part in them.
 *
 * @throws Error when none do for minutes
 */
export async function warmThreads(backend: WasmBackend): Promise<void> {
  const { data, components, centres } = draw({ rows: 8192, features: 4, count: 8 });
  const handle = await backend.upload(data);
  try {
    const until = performance.now() + PATIENCE;
    for (const before = sharedPasses(handle); sharedPasses(handle) === before;) {
      if (performance.now() > until) throw new Error(`no worker took part within ${PATIENCE} ms`);
      await backend.kernels.expectation(handle, components, { centres, scatter: "full", assignment: "soft" });
      await new Promise((resolve) => void setTimeout(resolve, 0));
    }
  } finally {
    backend.release(handle);
  }
}
