import type { Backend } from "@mixtura/backend";
import { referenceBackend } from "@mixtura/backend";
import type { WasmBackend } from "@mixtura/backend-wasm";
import type { BackendFacts } from "./protocol.ts";
import { openTensorFlow, tensorFlowMissing } from "./tensorflow.ts";

/** A place to compute. */
interface Place {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  /** Why it is not there, where it is not. */
  readonly missing: () => string | undefined | Promise<string | undefined>;
  readonly open: () => Promise<Backend>;
}

const isolated = (): boolean => (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === true;

async function wasm(options: { threads?: number }): Promise<WasmBackend> {
  const { createWasmBackend } = await import("@mixtura/backend-wasm");
  return createWasmBackend(options);
}

function tensorFlow(engine: "webgpu" | "webgl" | "wasm" | "cpu", about: string): Place {
  return {
    name: `tfjs-${engine}`,
    title: `TensorFlow.js, ${engine}`,
    about,
    missing: () => tensorFlowMissing(engine),
    open: () => openTensorFlow(engine),
  };
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
    open: () => wasm({ threads: 1 }),
  },
  {
    name: "wasm-threads",
    title: "WebAssembly, threads",
    about: "float64 with SIMD on all processors, the same bits as on one",
    missing: () =>
      isolated() ? undefined : "Threads share memory, which a page may only when it is served cross-origin isolated. This one is not.",
    open: () => wasm({}),
  },
  {
    name: "ml-matrix",
    title: "ml-matrix",
    about: "float64 through a matrix library, for those who have one",
    missing: () => undefined,
    open: async () => (await import("@mixtura/backend-ml-matrix")).mlMatrixBackend(),
  },
  tensorFlow("webgpu", "float32 on the graphics processor, its error watched in every pass"),
  tensorFlow("webgl", "float32 on the graphics processor through WebGL"),
  tensorFlow("wasm", "float32 in TensorFlow.js' own WebAssembly"),
];

/** Backends that were opened: one of each is enough, with its threads or its device. */
const opened = new Map<string, Promise<Backend>>();

export function listBackends(): Promise<BackendFacts[]> {
  return Promise.all(PLACES.map(async ({ name, title, about, missing }) => ({ name, title, about, missing: await missing() })));
}

/** The backend of a name; nothing for "auto", which leaves the choice to each fit, and for one that this browser does not have. */
export async function openBackend(name: string): Promise<Backend | undefined> {
  const place = PLACES.find((candidate) => candidate.name === name);
  if (place === undefined || (await place.missing()) !== undefined) return undefined;
  if (!opened.has(name)) opened.set(name, place.open());
  try {
    return await opened.get(name);
  } catch (error) {
    opened.delete(name);
    throw error;
  }
}
