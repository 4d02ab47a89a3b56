import type { Primitives } from "@mixtura/backend";
import { referenceBackend } from "@mixtura/backend/internal/kernels";
import type { Matrix } from "@mixtura/core";
import type { Engine } from "./engine.ts";
import type { WasmMatrix } from "./matrix.ts";
import { hostHandle, packedSlice, unpack } from "./matrix.ts";

/** Handles made since a scope began, innermost last. */
type Scopes = Set<WasmMatrix>[];

/** A handle's numbers as a plain matrix, taken out of WebAssembly memory once. */
export function hostOf(handle: WasmMatrix): Matrix {
  if (handle.released) throw new TypeError("the handle was released");
  handle.host ??= unpack(handle.packed!, handle.rows);
  return handle.host;
}

/**
 * The primitives of the contract. Rows are uploaded into WebAssembly memory, where the kernels read them; single operations, which no kernel
 * needs, are the reference backend's on the host.
 */
export function wasmPrimitives(engineOf: () => Promise<Engine | undefined>): Primitives<WasmMatrix> {
  const plain = referenceBackend;
  const scopes: Scopes = [];
  let running: Engine | undefined;
  const kept = (handle: WasmMatrix): WasmMatrix => {
    scopes.at(-1)?.add(handle);
    return handle;
  };
  const made = (host: Matrix): WasmMatrix => kept(hostHandle(host));
  const release = (handle: WasmMatrix): void => {
    if (handle.released) return;
    handle.released = true;
    if (handle.packed !== undefined) running?.release(handle.packed);
    handle.host = undefined;
    handle.packed = undefined;
  };
  const unary =
    (name: "exp" | "log" | "square") =>
    (a: WasmMatrix): WasmMatrix =>
      made(plain[name](hostOf(a)));
  const binary =
    (name: "add" | "subtract" | "multiply" | "divide") =>
    (a: WasmMatrix, b: WasmMatrix): WasmMatrix =>
      made(plain[name](hostOf(a), hostOf(b)));
  const reduction =
    (name: "sum" | "max" | "argmax" | "logSumExp") =>
    (a: WasmMatrix, axis: 0 | 1): WasmMatrix =>
      made(plain[name](hostOf(a), axis));
  return {
    name: "wasm",
    precision: "float64",
    async upload(m, options) {
      running = await engineOf();
      if (running === undefined) return hostHandle(await plain.upload(m, options));
      const packed = await running.pack(m, options?.origin);
      return { rows: m.rows, columns: m.columns, host: undefined, packed, released: false };
    },
    download: async (handle) => plain.download(hostOf(handle)),
    release,
    scope(work) {
      const inside = new Set<WasmMatrix>();
      scopes.push(inside);
      let result;
      try {
        result = work();
      } finally {
        scopes.pop();
      }
      const survivors = new Set(result !== null && typeof result === "object" ? [result, ...Object.values(result)] : []);
      for (const handle of inside) {
        if (survivors.has(handle)) scopes.at(-1)?.add(handle);
        else release(handle);
      }
      return result;
    },
    shape: ({ rows, columns }) => [rows, columns],
    matmul: (a, b, options) => made(plain.matmul(hostOf(a), hostOf(b), options)),
    add: binary("add"),
    subtract: binary("subtract"),
    multiply: binary("multiply"),
    divide: binary("divide"),
    exp: unary("exp"),
    log: unary("log"),
    square: unary("square"),
    sum: reduction("sum"),
    max: reduction("max"),
    argmax: reduction("argmax"),
    logSumExp: reduction("logSumExp"),
    gatherRows: (a, rows) => made(plain.gatherRows(hostOf(a), rows)),
    sliceRows(a, start, end) {
      const packed = a.packed === undefined || a.released ? undefined : packedSlice(a.packed, a.rows, start, end);
      if (packed === undefined) return made(plain.sliceRows(hostOf(a), start, end));
      const handle: WasmMatrix = { rows: end - start, columns: a.columns, host: undefined, packed, released: false };
      return kept(handle);
    },
    joinColumns: (parts) => made(plain.joinColumns(parts.map(hostOf))),
  };
}
