import { MixturaError } from "@mixtura/core";
import type { WasmExports, WasmMemory, WasmModule } from "./webassembly.ts";
import { instantiate, webAssembly } from "./webassembly.ts";

const PAGE = 65536;
/** 4 GiB, the reach of a 32-bit address; some small devices refuse to reserve it and get less. */
const MAXIMA = [65536, 16384, 4096];
/** Below lie the binary's constants and the words that threads talk through. */
const HEAP_START = 8192;
/** Address of the words of the threads, in bytes. */
export const CONTROL_ADDRESS = 4096;
export const CONTROL_WORDS = 256;
const ALIGNMENT = 64;

/** One WebAssembly memory, an instance on it, and who owns which part of it. */
export class Arena {
  readonly memory: WasmMemory;
  readonly exports: WasmExports;
  /** The words that threads talk through. */
  readonly control: Int32Array;
  /** Free parts in order of address, never touching each other. */
  #free: { start: number; bytes: number }[];
  readonly #taken = new Map<number, number>();
  #doubles: Float64Array;
  #singles: Float32Array;
  #integers: Int32Array;

  constructor(module: WasmModule) {
    this.memory = createMemory();
    this.exports = instantiate(module, this.memory);
    this.control = new Int32Array(this.memory.buffer, CONTROL_ADDRESS, CONTROL_WORDS);
    this.#free = [{ start: HEAP_START, bytes: this.bytes - HEAP_START }];
    this.#doubles = new Float64Array(this.memory.buffer);
    this.#singles = new Float32Array(this.memory.buffer);
    this.#integers = new Int32Array(this.memory.buffer);
  }

  /** Size of the memory. */
  get bytes(): number {
    return this.memory.buffer.byteLength;
  }

  /** Whether nothing is taken. */
  get empty(): boolean {
    return this.#taken.size === 0;
  }

  /** The whole memory as doubles. Not to be kept: it may grow. */
  get doubles(): Float64Array {
    if (this.#doubles.byteLength !== this.bytes) this.#doubles = new Float64Array(this.memory.buffer);
    return this.#doubles;
  }

  /** The whole memory in single precision. Not to be kept. */
  get singles(): Float32Array {
    if (this.#singles.byteLength !== this.bytes) this.#singles = new Float32Array(this.memory.buffer);
    return this.#singles;
  }

  /** The whole memory as 32-bit integers. Not to be kept. */
  get integers(): Int32Array {
    if (this.#integers.byteLength !== this.bytes) this.#integers = new Int32Array(this.memory.buffer);
    return this.#integers;
  }

  /**
   * Takes `bytes` bytes, not cleared.
   *
   * @returns their address, a multiple of 64
   * @throws MixturaError `backend-unavailable` when the memory cannot hold them
   */
  take(bytes: number): number {
    const size = Math.ceil(Math.max(bytes, 1) / ALIGNMENT) * ALIGNMENT;
    let at = this.#free.findIndex((part) => part.bytes >= size);
    if (at === -1) at = this.#grow(size);
    const part = this.#free[at]!;
    const { start } = part;
    if (part.bytes === size) this.#free.splice(at, 1);
    else this.#free[at] = { start: start + size, bytes: part.bytes - size };
    this.#taken.set(start, size);
    return start;
  }

  /** Gives a part back. */
  give(start: number): void {
    const bytes = this.#taken.get(start);
    if (bytes === undefined) return;
    this.#taken.delete(start);
    let at = this.#free.findIndex((part) => part.start > start);
    if (at === -1) at = this.#free.length;
    this.#free.splice(at, 0, { start, bytes });
    this.#join(at);
    this.#join(at - 1);
  }

  #join(at: number): void {
    const part = this.#free[at];
    const next = this.#free[at + 1];
    if (part === undefined || next === undefined || part.start + part.bytes !== next.start) return;
    this.#free.splice(at, 2, { start: part.start, bytes: part.bytes + next.bytes });
  }

  /** Makes room for `bytes` at the end; returns the index of the free part there. */
  #grow(bytes: number): number {
    const end = this.bytes;
    const last = this.#free.at(-1);
    const reusable = last !== undefined && last.start + last.bytes === end ? last.bytes : 0;
    const pages = Math.ceil((bytes - reusable) / PAGE);
    try {
      this.memory.grow(pages);
    } catch (cause) {
      const megabytes = Math.ceil(bytes / 2 ** 20);
      throw new MixturaError(
        "backend-unavailable",
        `wasm: cannot add ${megabytes} MiB to the ${Math.ceil(end / 2 ** 20)} MiB in WebAssembly memory (4096 MiB at most). ` +
          "Give the data as a source of blocks, or use the reference backend.",
        { backend: "wasm" },
        { cause },
      );
    }
    if (reusable > 0) this.#free[this.#free.length - 1] = { start: last!.start, bytes: reusable + pages * PAGE };
    else this.#free.push({ start: end, bytes: pages * PAGE });
    return this.#free.length - 1;
  }
}

function createMemory(): WasmMemory {
  const { Memory } = webAssembly()!;
  for (const maximum of MAXIMA.slice(0, -1)) {
    try {
      return new Memory({ initial: 4, maximum, shared: true });
    } catch {
      // Less is tried next.
    }
  }
  return new Memory({ initial: 4, maximum: MAXIMA.at(-1)!, shared: true });
}
