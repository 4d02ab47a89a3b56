import type { WasmModule } from "./webassembly.ts";
import { webAssembly } from "./webassembly.ts";

/**
 * Compiles the fastest binary that this engine accepts; the plain one where every engine must give the same bits.
 *
 * @throws the engine's own error where it has no WebAssembly, no SIMD, or may not compile
 */
export async function compileBinary(deterministic: boolean): Promise<WasmModule> {
  const api = webAssembly();
  if (api === undefined) throw new Error("this JavaScript engine has no WebAssembly");
  for (const name of deterministic ? (["plain"] as const) : (["relaxed", "plain"] as const)) {
    const { base64 } = name === "plain" ? await import("./generated/plain.ts") : await import("./generated/relaxed.ts");
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    if (api.validate(bytes)) return api.compile(bytes);
  }
  throw new Error("this JavaScript engine has no WebAssembly SIMD");
}
