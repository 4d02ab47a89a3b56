// The parts of the WebAssembly interface that are used here: neither the language's nor Node's declarations hold them.

/** A compiled binary: what `WebAssembly.compile` gives, or the import of a `.wasm` file where a runtime compiles those itself. */
export type WasmModule = object;

export interface WasmMemory {
  readonly buffer: SharedArrayBuffer;
  grow(pages: number): number;
}

interface WebAssemblyApi {
  validate(bytes: Uint8Array): boolean;
  compile(bytes: Uint8Array): Promise<WasmModule>;
  readonly Memory: new (limits: { initial: number; maximum: number; shared: boolean }) => WasmMemory;
  readonly Instance: new (module: WasmModule, imports: object) => { readonly exports: unknown };
}

/** The engine's WebAssembly, where it has one. */
export function webAssembly(): WebAssemblyApi | undefined {
  return (globalThis as { WebAssembly?: WebAssemblyApi }).WebAssembly;
}

/** What the binaries export: see assembly/index.ts. Addresses are in bytes, rows count from the first of the data. */
export interface WasmExports {
  moments(job: number, start: number, end: number): void;
  closeSpan(job: number, endsChunk: boolean): void;
  closePass(job: number): void;
  logDensities(job: number, start: number, end: number, origin: number): void;
  responsibilities(job: number, start: number, end: number, origin: number): void;
  squaredMahalanobis(job: number, start: number, end: number, origin: number): void;
  labels(job: number, start: number, end: number, origin: number): void;
  clear(address: number, bytes: number): void;
  /** 1 where multiplications and additions are fused. */
  fused(): number;
  expAll(address: number, count: number): void;
  logAll(address: number, count: number): void;
}

/** An instance of a binary on a memory. */
export function instantiate(module: WasmModule, memory: WasmMemory): WasmExports {
  return new (webAssembly()!.Instance)(module, { env: { memory } }).exports as WasmExports;
}
