import type { Pace } from "@mixtura/core/authoring";
import { Arena } from "./arena.ts";
import { compileBinary } from "./binary.ts";
import type { PackedRows, WasmMatrix } from "./matrix.ts";
import { pack } from "./matrix.ts";
import type { Pass, PassRequest } from "./pass.ts";
import { layOut } from "./pass.ts";
import { run } from "./run.ts";
import { IDLE_MILLISECONDS, Pool } from "./threads/pool.ts";
import { SPAN_ROWS } from "./threads/spans.ts";
import { availableThreads, callerWorks } from "./threads/spawn.ts";
import type { Kind } from "./threads/words.ts";
import { MAX_THREADS } from "./threads/words.ts";
import type { WasmModule } from "./webassembly.ts";

/** A memory larger than this is given back to the system once nothing has lain in it for a while: fresh pages cost more than packing into old ones. */
const KEPT_BYTES = 16 * 2 ** 20;
/** Milliseconds of work done alone after which workers repay their start, which takes about as long. */
const START_MILLISECONDS = 25;
/** Multiply-adds per millisecond of one thread, roughly; and the least work that repays waking workers. */
const WORK_PER_MILLISECOND = 4e6;
const SHARED_WORK = 4e5;

/** How an engine is set up. */
export interface EngineOptions {
  readonly threads: number | undefined;
  readonly deterministic: boolean;
  /** A binary that was compiled already. */
  readonly module: WasmModule | undefined;
}

/** A compiled binary, its memory and its workers. Made on first use. */
export class Engine {
  /** Whether the binary has fused multiply-add. */
  readonly fused: boolean;
  readonly #threads: number;
  readonly #module: WasmModule;
  readonly #pool: Pool;
  readonly #takesPart: boolean;
  #arena: Arena | undefined;
  #trimTimer: ReturnType<typeof setTimeout> | undefined;
  #milliseconds = 0;
  #closing = false;

  private constructor(module: WasmModule, threads: number) {
    this.#module = module;
    this.#threads = threads;
    this.#takesPart = threads === 1 || callerWorks();
    this.#pool = new Pool(module, this.#takesPart ? threads - 1 : threads);
    // A memory now rather than later: without one the engine is of no use.
    this.#arena = new Arena(module);
    this.fused = this.#arena.exports.fused() === 1;
  }

  static async create({ threads, deterministic, module }: EngineOptions): Promise<Engine> {
    const wanted = threads ?? Math.min(8, availableThreads());
    return new Engine(module ?? (await compileBinary(deterministic)), Math.min(MAX_THREADS, availableThreads() === 1 ? 1 : wanted));
  }

  /** Threads that passes are divided among once they pay. */
  get threads(): number {
    return this.#pool.failed ? 1 : this.#threads;
  }

  /** Packs rows into the engine's memory. */
  async pack(m: Parameters<typeof pack>[1], origin?: Float64Array): Promise<PackedRows> {
    this.#keep();
    this.#arena ??= new Arena(this.#module);
    return pack(this.#arena, m, origin);
  }

  /** The rows of a handle, packed now if they were not yet. */
  async rowsOf(handle: WasmMatrix): Promise<PackedRows> {
    if (handle.released) throw new TypeError("the handle was released");
    handle.packed ??= await this.pack(handle.host!);
    return handle.packed;
  }

  /** Frees what a handle holds. */
  release(rows: PackedRows): void {
    rows.arena.give(rows.address);
    rows.arena.give(rows.guesses.address);
    if (rows.arena === this.#arena && rows.arena.empty && rows.arena.bytes > KEPT_BYTES) this.#trimLater();
  }

  /** Lays a pass out, runs it over rows start … end piece by piece, and reads after each piece. */
  async pass(
    request: PassRequest,
    kind: Kind,
    pieces: { readonly rows: number; readonly size: number },
    pace: Pace | undefined,
    read: (pass: Pass, start: number, end: number) => void,
  ): Promise<void> {
    const { arena } = request.rows;
    const helpers = this.#helpers(arena, request, pieces.rows);
    let pass = layOut(request, helpers + 1);
    const started = performance.now();
    const workers = helpers > 0 ? this.#pool.crew() : undefined;
    if (helpers > 0) this.#pool.busy = true;
    try {
      for (let start = 0; start < pieces.rows; start += pieces.size) {
        const end = Math.min(start + pieces.size, pieces.rows);
        const crew = workers?.lost() === true ? undefined : workers;
        const takesPart = crew === undefined || this.#takesPart;
        if (!(await run(arena, pass, { kind, start, end, pace, crew, takesPart }))) {
          // Workers went, and sums with them. The calling thread alone finds the same bits, from cleared sums.
          arena.give(pass.address);
          pass = layOut(request, 1);
          await run(arena, pass, { kind, start, end, pace, crew: undefined, takesPart: true });
        }
        read(pass, start, end);
      }
    } finally {
      if (helpers > 0) this.#leave();
      else this.#milliseconds += performance.now() - started;
      arena.give(pass.address);
    }
  }

  /** Workers to divide a pass among. Where they would pay but do not run yet, they are started for later passes. */
  #helpers(arena: Arena, { count, rows: { layout } }: PassRequest, rows: number): number {
    if (this.#threads === 1 || this.#pool.busy || rows <= SPAN_ROWS) return 0;
    const work = rows * count * (layout.padded * layout.padded + 40);
    if (work < SHARED_WORK) return 0;
    if (!this.#pool.running && this.#milliseconds + work / WORK_PER_MILLISECOND < START_MILLISECONDS) return 0;
    return this.#pool.serving(arena);
  }

  /** Ends the workers and gives memory back that nothing lies in. The engine can still be used. */
  close(): void {
    this.#milliseconds = 0;
    this.#trim();
    // A worker in the middle of a pass holds sums that the pass needs.
    if (this.#pool.busy) this.#closing = true;
    else this.#pool.close();
  }

  #leave(): void {
    this.#pool.busy = false;
    if (this.#closing) this.#pool.close();
    this.#closing = false;
  }

  #trimLater(): void {
    this.#keep();
    this.#trimTimer = setTimeout(() => this.#trim(), IDLE_MILLISECONDS);
    (this.#trimTimer as { unref?: () => void }).unref?.(); // no process lives for it
  }

  #keep(): void {
    clearTimeout(this.#trimTimer);
    this.#trimTimer = undefined;
  }

  #trim(): void {
    this.#keep();
    if (this.#arena?.empty !== true || this.#arena.bytes <= KEPT_BYTES) return;
    this.#pool.detach();
    this.#arena = undefined;
  }
}
