import type { Arena } from "../arena.ts";
import { CONTROL_ADDRESS, CONTROL_WORDS } from "../arena.ts";
import type { WasmModule } from "../webassembly.ts";
import type { Thread } from "./spawn.ts";
import { spawn } from "./spawn.ts";
import { CANCELLED, DETACH, GENERATION, READY } from "./words.ts";

/** Milliseconds without work after which the workers are let go, and large memories. */
export const IDLE_MILLISECONDS = 5000;

/** Workers that share a memory with the calling thread. They are started once, and follow from one memory to the next. */
export class Pool {
  readonly #module: WasmModule;
  readonly #size: number;
  #threads: Thread[] = [];
  #arena: Arena | undefined;
  #failed = false;
  #lastUse = 0;
  #idleTimer: { unref?: () => void } | undefined;
  /** Whether a pass is using the workers; another one then runs on its own thread alone. */
  busy = false;

  /** @param size workers, not counting the calling thread */
  constructor(module: WasmModule, size: number) {
    this.#module = module;
    this.#size = size;
  }

  /** Whether a worker could not start or died: from then on the calling thread works alone. */
  get failed(): boolean {
    return this.#failed;
  }

  /** The number of workers that serve this memory. Where they do not yet, they are asked to, and 0 is returned. */
  serving(arena: Arena): number {
    this.#lastUse = performance.now();
    if (this.#failed || this.#size === 0) return 0;
    if (this.#arena !== arena) {
      if (!this.busy) this.#attach(arena);
      return 0;
    }
    return Atomics.load(arena.control, READY) === this.#size ? this.#size : 0;
  }

  /** Whether the workers run, attached or not. */
  get running(): boolean {
    return this.#threads.length > 0;
  }

  #attach(arena: Arena): void {
    this.detach();
    this.#arena = arena;
    Atomics.store(arena.control, DETACH, 0);
    Atomics.store(arena.control, READY, 0);
    try {
      while (this.#threads.length < this.#size) this.#threads.push(spawn(() => this.#fail()));
      this.#threads.forEach((thread, index) =>
        thread.attach({
          module: this.#module,
          memory: arena.memory,
          control: CONTROL_ADDRESS,
          words: CONTROL_WORDS,
          thread: index + 1,
        }),
      );
    } catch {
      this.#fail(); // a page's rules may forbid workers: one thread then
      return;
    }
    this.#watch();
  }

  #fail(): void {
    this.#failed = true;
    if (this.#arena !== undefined) Atomics.store(this.#arena.control, CANCELLED, 1);
    this.close();
  }

  /** Leaves the memory, so that it can be freed. */
  detach(): void {
    if (this.#arena === undefined) return;
    const words = this.#arena.control;
    Atomics.store(words, DETACH, 1);
    Atomics.add(words, GENERATION, 1);
    Atomics.notify(words, GENERATION);
    this.#arena = undefined;
  }

  /** Ends the workers; the next pass that pays for them starts new ones. */
  close(): void {
    this.detach();
    for (const thread of this.#threads) thread.stop();
    this.#threads = [];
    if (this.#idleTimer !== undefined) clearInterval(this.#idleTimer as never);
    this.#idleTimer = undefined;
  }

  #watch(): void {
    if (this.#idleTimer !== undefined) return;
    const timer: { unref?: () => void } = setInterval(() => {
      if (!this.busy && performance.now() - this.#lastUse > IDLE_MILLISECONDS) this.close();
    }, IDLE_MILLISECONDS / 2);
    timer.unref?.();
    this.#idleTimer = timer;
  }
}
