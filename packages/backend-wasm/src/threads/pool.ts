import type { Arena } from "../arena.ts";
import { CONTROL_ADDRESS, CONTROL_WORDS } from "../arena.ts";
import type { WasmModule } from "../webassembly.ts";
import type { Thread } from "./spawn.ts";
import { spawn } from "./spawn.ts";
import { ACTIVE, CANCELLED, DETACH, GENERATION, READY } from "./words.ts";

/** Losses after which no worker is started any more: whatever ends them would go on to. */
const MOST_LOSSES = 3;
/** Milliseconds without work after which the workers are let go, and large memories. */
export const IDLE_MILLISECONDS = 5000;

/** The workers that were there when a pass began. */
export interface Crew {
  /** Whether one of them has ended since; the others are then told to. */
  lost(): boolean;
  /** Resolves when none of them touches memory any more; to be asked once one is lost. */
  gone(): Promise<void>;
}

/** Workers that share a memory with the calling thread. They are started once, and follow from one memory to the next. */
export class Pool {
  readonly #module: WasmModule;
  readonly #size: number;
  #threads: Thread[] = [];
  #arena: Arena | undefined;
  #losses = 0;
  /** Whether the workers have ever served a memory. */
  #served = false;
  #failed = false;
  /** Settles when the workers that were stopped last have ended. */
  #gone = Promise.resolve();
  #leaving = false;
  #lastUse = 0;
  #idleTimer: { unref?: () => void } | undefined;
  /** Whether a pass is using the workers; another one then runs on its own thread alone. */
  busy = false;

  /** @param size workers, not counting the calling thread */
  constructor(module: WasmModule, size: number) {
    this.#module = module;
    this.#size = size;
  }

  /** Whether a worker could not start, or too many ended by themselves: from then on the calling thread works alone. */
  get failed(): boolean {
    return this.#failed;
  }

  /** The workers as they are now. */
  crew(): Crew {
    const before = this.#losses;
    return { lost: () => this.#losses > before, gone: () => this.#gone };
  }

  /** The number of workers that serve this memory. Where they do not yet, they are asked to, and 0 is returned. */
  serving(arena: Arena): number {
    this.#lastUse = performance.now();
    // Workers on their way out could take a memory that is attached again for the one that they are to leave.
    if (this.#failed || this.#leaving || this.#size === 0) return 0;
    if (this.#arena !== arena) {
      if (!this.busy) this.#attach(arena);
      return 0;
    }
    if (Atomics.load(arena.control, READY) < this.#size) return 0;
    this.#served = true;
    return this.#size;
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
    // Workers that ended in a pass never said that they left it; no other is here when there are none.
    if (!this.running) Atomics.store(arena.control, ACTIVE, 0);
    try {
      while (this.#threads.length < this.#size) {
        const thread: Thread = spawn(() => this.#lose(thread));
        this.#threads.push(thread);
      }
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
      this.#failed = true; // a page's rules may forbid workers: one thread then
      this.close();
      return;
    }
    this.#watch();
  }

  /** A worker has ended. What it held of a pass is lost; all leave, and the next pass that pays for them starts new ones. */
  #lose(thread: Thread): void {
    if (!this.#threads.includes(thread)) return; // it was told to end
    this.#losses++;
    this.#failed = !this.#served || this.#losses >= MOST_LOSSES;
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
    if (this.#threads.length > 0) {
      this.#leaving = true;
      this.#gone = Promise.all(this.#threads.map((thread) => thread.stop())).then(() => void (this.#leaving = false));
    }
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
