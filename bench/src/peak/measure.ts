import type { Arithmetic } from "./module.ts";
import { OPERATIONS_PER_TURN, peakModule } from "./module.ts";

/** What one thread of WebAssembly can reach on this machine. */
export interface SimdPeak {
  readonly arithmetic: Arithmetic;
  /** Floating-point operations per second. */
  readonly operationsPerSecond: number;
}

/** What is used of WebAssembly, of which the compiler's libraries without a browser know nothing. */
interface WebAssemblyGlobal {
  readonly validate: (bytes: Uint8Array) => boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: { readonly run: (turns: number) => number } };
}

const TURNS = 100_000;

/** A kernel that can be run again and again: the machine's clock rate moves, so the peak is taken next to what is compared with it. */
export function openSimdPeak(): { readonly arithmetic: Arithmetic; measure(): SimdPeak } {
  const { validate, Module, Instance } = (globalThis as unknown as { readonly WebAssembly: WebAssemblyGlobal }).WebAssembly;
  const arithmetic = validate(peakModule("relaxed")) ? "relaxed" : "plain";
  const { run } = new Instance(new Module(peakModule(arithmetic))).exports;
  // A runtime compiles in haste at first; it has compiled with care after some calls and a moment.
  for (let call = 0; call < 50; call++) run(TURNS / 10);
  return {
    arithmetic,
    measure() {
      const seconds = Array.from({ length: 5 }, () => {
        const begin = performance.now();
        run(TURNS);
        return (performance.now() - begin) / 1e3;
      });
      return { arithmetic, operationsPerSecond: (TURNS * OPERATIONS_PER_TURN) / Math.min(...seconds) };
    },
  };
}
