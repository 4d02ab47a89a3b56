/** How the kernel multiplies and adds: in one instruction where the runtime has relaxed SIMD, in two elsewhere. */
export type Arithmetic = "relaxed" | "plain";

/** Sums that do not wait for one another; with two operands they fit into the sixteen registers of x64. */
const SUMS = 12;

/** Multiplications with additions per turn of the loop, each on two numbers: four floating-point operations. */
const STEPS_PER_TURN = 4 * SUMS;

/** Floating-point operations of one turn of the kernel's loop. */
export const OPERATIONS_PER_TURN = STEPS_PER_TURN * 4;

/** "\0asm", version 1. */
const MAGIC = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const I32 = 0x7f;
const F64 = 0x7c;
const V128 = 0x7b;
const SIMD = 0xfd;

const local = { get: (index: number) => [0x20, index], set: (index: number) => [0x21, index] };
const simd = (opcode: number, ...operands: number[]) => [SIMD, ...unsigned(opcode), ...operands];

/**
 * A WebAssembly module with one function, `run(turns: i32): f64`, that does nothing but multiply and add pairs of doubles in registers.
 *
 * It is written out by hand: a bound of what any kernel in this runtime can reach must not depend on a compiler.
 */
export function peakModule(arithmetic: Arithmetic): Uint8Array<ArrayBuffer> {
  const [turns, x, y, firstSum] = [0, 1, 2, 3];
  const sums = Array.from({ length: SUMS }, (_, index) => firstSum + index);
  const splat = (value: number) => [0x44, ...new Uint8Array(Float64Array.of(value).buffer), ...simd(0x14)];
  const step = (sum: number) =>
    arithmetic === "relaxed"
      ? [...local.get(x), ...local.get(y), ...local.get(sum), ...simd(0x107), ...local.set(sum)] // sum = x · y + sum
      : [...local.get(sum), ...local.get(x), ...simd(0xf2), ...local.get(y), ...simd(0xf0), ...local.set(sum)]; // sum = sum · x + y

  const body = [
    1, // group of locals: the operands and the sums, all vectors
    SUMS + 2,
    V128,
    ...splat(0.5),
    ...local.set(x),
    ...splat(0.25),
    ...local.set(y),
    ...sums.flatMap((sum, index) => [...splat(index), ...local.set(sum)]), // each its own, lest they be merged
    0x03, // loop
    0x40,
    ...Array.from({ length: STEPS_PER_TURN / SUMS }, () => sums.flatMap(step)).flat(),
    ...local.get(turns), // turns -= 1; once more unless it is 0
    0x41,
    1,
    0x6b,
    0x22,
    turns,
    0x0d,
    0,
    0x0b,
    ...local.get(firstSum),
    ...sums.slice(1).flatMap((sum) => [...local.get(sum), ...simd(0xf0)]),
    ...simd(0x21, 0), // the first of the two numbers
    0x0b,
  ];
  return Uint8Array.from([
    ...MAGIC,
    ...section(1, [1, 0x60, 1, I32, 1, F64]),
    ...section(3, [1, 0]),
    ...section(7, [1, 3, ...new TextEncoder().encode("run"), 0, 0]),
    ...section(10, [1, ...unsigned(body.length), ...body]),
  ]);
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}
