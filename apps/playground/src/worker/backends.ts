import type { Backend } from "@mixtura/backend";
import { referenceBackend } from "@mixtura/backend";
import type { WasmBackend } from "@mixtura/backend-wasm";
import type { BackendFacts } from "./protocol.ts";

/** A place to compute. */
interface Place {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  /** Why it is not there, where it is not. */
  readonly missing: () => string | undefined;
  readonly open: () => Promise<Backend>;
}

const isolated = (): boolean => (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === true;

/** Workers are started by whoever has the rows; one set of them is enough. */
let threaded: Promise<WasmBackend> | undefined;
let single: Promise<WasmBackend> | undefined;

async function wasm(options: { threads?: number }): Promise<WasmBackend> {
  const { createWasmBackend } = await import("@mixtura/backend-wasm");
  return createWasmBackend(options);
}

/** Every backend that a browser can have, the usual one first. A further one is a further entry. */
const PLACES: readonly Place[] = [
  {
    name: "reference",
    title: "plain TypeScript",
    about: "float64, one thread; the yardstick",
    missing: () => undefined,
    open: () => Promise.resolve(referenceBackend),
  },
  {
    name: "wasm",
    title: "WebAssembly, one thread",
    about: "float64 with SIMD",
    missing: () => (typeof WebAssembly === "object" ? undefined : "This browser has no WebAssembly."),
    open: () => (single ??= wasm({ threads: 1 })),
  },
  {
    name: "wasm-threads",
    title: "WebAssembly, threads",
    about: "float64 with SIMD on all processors, the same bits as on one",
    missing: () =>
      isolated() ? undefined : "Threads share memory, which a page may only when it is served cross-origin isolated. This one is not.",
    open: () => (threaded ??= wasm({})),
  },
  {
    name: "ml-matrix",
    title: "ml-matrix",
    about: "float64 through a matrix library, for those who have one",
    missing: () => undefined,
    open: async () => (await import("@mixtura/backend-ml-matrix")).mlMatrixBackend(),
  },
];

export function listBackends(): BackendFacts[] {
  return PLACES.map(({ name, title, about, missing }) => ({ name, title, about, missing: missing() }));
}

/** The backend of a name; "auto" leaves the choice to each fit. */
export async function openBackend(name: string): Promise<Backend | undefined> {
  const place = PLACES.find((candidate) => candidate.name === name);
  return place === undefined || place.missing() !== undefined ? undefined : place.open();
}
