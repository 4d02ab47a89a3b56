import type { Matrix } from "@mixtura/core";
import { createPace, inStrides } from "@mixtura/core/authoring";
import type { Arena } from "./arena.ts";
import type { Guesses } from "./guesses.ts";
import { noGuesses } from "./guesses.ts";
import type { Layout } from "./layout.ts";
import { layoutOf, packedBytes } from "./layout.ts";

/** Rows packed in an arena. */
export interface PackedRows {
  readonly arena: Arena;
  readonly layout: Layout;
  readonly address: number;
  readonly guesses: Guesses;
}

/** A handle of the WASM backend: rows packed for the kernels, or, as a result of primitives, a plain matrix on the host. */
export interface WasmMatrix {
  readonly rows: number;
  readonly columns: number;
  /** @internal */
  host: Matrix | undefined;
  /** @internal */
  packed: PackedRows | undefined;
  /** @internal */
  released: boolean;
}

/** A handle on a plain matrix. */
export function hostHandle(host: Matrix): WasmMatrix {
  return { rows: host.rows, columns: host.columns, host, packed: undefined, released: false };
}

/** Copies rows into an arena, less `origin` each. */
export async function pack(arena: Arena, m: Matrix, origin?: Float64Array): Promise<PackedRows> {
  const layout = layoutOf(m.columns);
  const address = arena.take(packedBytes(layout, m.rows));
  await inStrides(m.rows, createPace(), (start, end) => packRows(arena.doubles, address / 8, layout, m, origin, start, end));
  fillLastBlock(arena.doubles, address / 8, layout, m.rows);
  return { arena, layout, address, guesses: noGuesses() };
}

function packRows(
  to: Float64Array,
  base: number,
  { features, padded, block, pitch }: Layout,
  { data }: Matrix,
  origin: Float64Array | undefined,
  start: number,
  end: number,
): void {
  for (let first = start; first < end;) {
    const index = Math.floor(first / block);
    const last = Math.min(end, (index + 1) * block);
    const column = base + index * pitch * padded - index * block;
    for (let j = 0; j < features; j++) {
      const shift = origin === undefined ? 0 : origin[j]!;
      const target = column + j * pitch;
      for (let i = first, at = first * features + j; i < last; i++, at += features) to[target + i] = data[at]! - shift;
    }
    for (let j = features; j < padded; j++) to.fill(0, column + j * pitch + first, column + j * pitch + last);
    first = last;
  }
}

function fillLastBlock(to: Float64Array, base: number, { padded, block, pitch }: Layout, rows: number): void {
  const held = rows % block;
  if (held === 0) return;
  const start = base + Math.floor(rows / block) * padded * pitch;
  for (let j = 0; j < padded; j++) to.fill(0, start + j * pitch + held, start + j * pitch + block);
}

/** Rows `start` to `end` copied and packed; undefined where they do not begin with a block, or end within one. */
export function packedSlice({ arena, layout, address }: PackedRows, rows: number, start: number, end: number): PackedRows | undefined {
  const { block } = layout;
  if (start % block !== 0 || (end % block !== 0 && end !== rows) || end <= start) return undefined;
  const from = address + packedBytes(layout, start);
  const bytes = packedBytes(layout, end - start);
  const target = arena.take(bytes);
  arena.doubles.copyWithin(target / 8, from / 8, (from + bytes) / 8);
  return { arena, layout, address: target, guesses: noGuesses() };
}

/** The rows as a plain matrix, row-major. */
export function unpack({ arena, layout, address }: PackedRows, rows: number): Matrix {
  const { features, padded, block, pitch } = layout;
  const from = arena.doubles;
  const data = new Float64Array(rows * features);
  for (let i = 0, at = 0; i < rows; i++) {
    const first = address / 8 + Math.floor(i / block) * pitch * padded + (i % block);
    for (let j = 0; j < features; j++, at++) data[at] = from[first + j * pitch]!;
  }
  return { data, rows, columns: features };
}
