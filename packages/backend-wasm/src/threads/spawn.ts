import { source } from "../generated/worker.ts";
import type { Attachment, Locks } from "./worker.ts";

/** A running worker of any platform. */
export interface Thread {
  attach(attachment: Attachment): void;
  /** Ends it. Resolves once it touches no memory any more; where it ended by itself, that is at once. */
  stop(): Promise<void>;
}

interface NodeWorker {
  postMessage(message: unknown): void;
  on(event: "error" | "exit", handler: () => void): void;
  unref(): void;
  terminate(): Promise<number>;
}

interface WebWorker {
  postMessage(message: unknown): void;
  terminate(): void;
  onerror: (() => void) | null;
  onmessage: (() => void) | null;
}

interface Platform {
  readonly process?: { getBuiltinModule?: (name: string) => unknown };
  readonly navigator?: { readonly hardwareConcurrency?: number; readonly locks?: Locks };
  readonly crossOriginIsolated?: boolean;
  readonly document?: unknown;
  readonly Worker?: new (url: string) => WebWorker;
}

const platform = globalThis as unknown as Platform;

function builtin<T>(name: string): T | undefined {
  return platform.process?.getBuiltinModule?.(name) as T | undefined;
}

/** Threads that may run at once; 1 where memory cannot be shared among them. */
export function availableThreads(): number {
  const os = builtin<{ availableParallelism?: () => number }>("node:os");
  if (os !== undefined) return os.availableParallelism?.() ?? 1;
  if (platform.crossOriginIsolated !== true || platform.Worker === undefined) return 1;
  return platform.navigator?.hardwareConcurrency ?? 1;
}

/** Whether the calling thread may work too: everywhere but where it draws a page. */
export function callerWorks(): boolean {
  return platform.document === undefined;
}

/**
 * Starts a worker. It never keeps the process alive.
 *
 * @param onLoss called when it could not start, or ended, for whatever reason; after `stop()` too, and maybe twice
 */
export function spawn(onLoss: () => void): Thread {
  const threads = builtin<{ Worker: new (source: string, options: object) => NodeWorker }>("node:worker_threads");
  return threads === undefined ? webThread(onLoss) : nodeThread(new threads.Worker(source, { eval: true }), onLoss);
}

function nodeThread(worker: NodeWorker, onLoss: () => void): Thread {
  // An exit, a termination and the end of memory come without an "error".
  for (const event of ["error", "exit"] as const) worker.on(event, onLoss);
  worker.unref();
  return {
    attach: (attachment) => worker.postMessage(attachment),
    stop: async () => void (await worker.terminate()),
  };
}

/** Browsers tell nobody that a worker has ended. But it holds a lock as long as it lives, and who asks for the lock as well gets it then. */
function webThread(onLoss: () => void): Thread {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = new platform.Worker!(url);
  setTimeout(() => URL.revokeObjectURL(url), 10_000); // by then it is loaded, or never will be
  let end = Promise.resolve();
  worker.onerror = onLoss;
  // Its first and only message says that it holds the lock. It serves no memory before.
  worker.onmessage = () => void (end = platform.navigator!.locks!.request(url, onLoss).catch(onLoss));
  return {
    attach: (attachment) => worker.postMessage(attachment),
    stop() {
      worker.terminate();
      return end;
    },
  };
}
