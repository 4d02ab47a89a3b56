import type { WasmMemory, WasmModule } from "../webassembly.ts";
import { instantiate } from "../webassembly.ts";
import { SpanWork } from "./spans.ts";
import { ACTIVE, DETACH, GENERATION, MERGED, OPEN, READY } from "./words.ts";

// The whole program of a worker. scripts/assemble.mjs makes one text of it, which runs in Node's worker_threads and in browsers.

/** What the pool sends: a memory to serve until the pool detaches its workers from it. */
export interface Attachment {
  readonly module: WasmModule;
  readonly memory: WasmMemory;
  /** Address of the words in it. */
  readonly control: number;
  readonly words: number;
  /** The thread's number; 0 is the one that calls. */
  readonly thread: number;
}

/** Looks at a word that often before going to sleep: passes of a fit follow each other within microseconds. */
const SPINS = 20_000;
/** The same while another thread adds its sums first. */
const MERGE_SPINS = 1_000;

/** What we use of the Web Locks API. */
export interface Locks {
  /** Calls back once the lock is free, and holds it until what that returns has settled. */
  request<T>(name: string, callback: () => T): Promise<Awaited<T>>;
}

interface Port {
  onmessage: ((event: { data: Attachment }) => void) | null;
  postMessage(message: unknown): void;
  readonly location: { readonly href: string };
  readonly navigator: { readonly locks?: Locks };
  /** Has the page hear of an error as of one that nothing caught. */
  reportError(error: unknown): void;
}

declare const self: Port | undefined;
interface NodePort {
  on(event: "message", handler: (data: Attachment) => void): void;
  postMessage(message: unknown): void;
}

function serve({ module, memory, control, words: count, thread }: Attachment): void {
  const words = new Int32Array(memory.buffer, control, count);
  const exports = instantiate(module, memory);
  let seen = Atomics.load(words, GENERATION) - 1;
  Atomics.add(words, READY, 1);
  for (;;) {
    seen = waitForChange(words, GENERATION, seen);
    if (Atomics.load(words, DETACH) === 1) return;
    Atomics.add(words, ACTIVE, 1);
    if (Atomics.load(words, OPEN) === 1) help(new SpanWork(exports, words, thread), words);
    Atomics.sub(words, ACTIVE, 1);
    Atomics.notify(words, ACTIVE);
  }
}

function help(work: SpanWork, words: Int32Array): void {
  for (let waits = 0; ;) {
    const merged = Atomics.load(words, MERGED);
    const progress = work.next();
    if (progress === "done") return;
    if (progress === "working") waits = 0;
    else if (++waits > MERGE_SPINS) Atomics.wait(words, MERGED, merged, 10);
  }
}

function waitForChange(words: Int32Array, index: number, seen: number): number {
  for (let spin = 0; ; spin++) {
    const value = Atomics.load(words, index);
    if (value !== seen) return value;
    if (spin > SPINS) Atomics.wait(words, index, seen);
  }
}

/** In browsers: holds a lock by which the page learns when this worker ends, and serves from then on. */
function listen(page: Port): void {
  const { locks } = page.navigator;
  const held = new Promise<void>((resolve) => {
    if (locks === undefined) return resolve();
    const hold = (): Promise<never> => {
      resolve();
      page.postMessage("held");
      return new Promise(() => {}); // until the worker is no more
    };
    locks.request(page.location.href, hold).catch(resolve); // a page without an origin may have no locks
  });
  page.onmessage = ({ data }) => void held.then(() => serve(data)).catch((error: unknown) => page.reportError(error));
}

const { process } = globalThis as unknown as { process?: { getBuiltinModule?(name: string): unknown } };
// Bun's workers have a `self` that posts, too, but messages come by Node's port.
const threads = process?.getBuiltinModule?.("node:worker_threads") as { parentPort: NodePort | null } | undefined;
if (threads?.parentPort) threads.parentPort.on("message", serve);
else listen(self!);
