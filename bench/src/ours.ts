import type { Backend } from "@mixtura/backend";
import { referenceBackend } from "@mixtura/backend";
import { counted } from "@mixtura/wording/internal";
import { threadCounts } from "./machine.ts";
import type { AbsentPeer, Found } from "./peers/peer.ts";
import { sortPeers } from "./peers/peer.ts";

/** A backend of ours that takes part. */
export interface Ours {
  readonly name: string;
  readonly backend: Backend;
  /** What is at work, where the name does not say it. */
  readonly description?: string;
  close(): Promise<void>;
}

/** What is used of `@mixtura/backend-wasm`. */
export interface WasmModule {
  readonly createWasmBackend: (options: { readonly threads: number }) => Backend & {
    close(): Promise<void>;
    engine(): Promise<{ readonly name: string; readonly threads: number }>;
  };
}

const WASM_PACKAGE = "@mixtura/backend-wasm";

/** The reference backend, which is always there. */
export const reference: Ours = { name: "reference", backend: referenceBackend, close: async () => {} };

/** The WebAssembly backend as it is made: nothing compiled, no thread started. Rejects where the package is not built. */
export async function openWasm(threads: number): Promise<ReturnType<WasmModule["createWasmBackend"]>> {
  return ((await import(WASM_PACKAGE)) as WasmModule).createWasmBackend({ threads });
}

/** Looks for the WebAssembly backend, which benchmarks do without where it is not built. */
export async function findWasm(threads: number): Promise<Found<Ours>> {
  const name = wasmName(threads);
  try {
    const backend = await openWasm(threads);
    const engine = await backend.engine();
    const description = `${name}: engine ${engine.name}, ${counted(engine.threads, "thread")}`;
    return { present: true, peer: { name, backend, description, close: () => backend.close() } };
  } catch (error) {
    return { present: false, absent: { name, reason: firstLine(error) } };
  }
}

/** All our backends: the fastest first, the reference last. */
export async function findOurs(): Promise<{ ours: Ours[]; absent: AbsentPeer[] }> {
  const found = await Promise.all(threadCounts.toReversed().map((threads) => findWasm(threads)));
  const { peers, absent } = sortPeers(found);
  return { ours: [...peers, reference], absent };
}

/** What the backend is called in tables. */
export function wasmName(threads: number): string {
  return `wasm ${threads}T`;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
}
