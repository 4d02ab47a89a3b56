import { source } from "../generated/worker.ts";
import type { Attachment } from "./worker.ts";

/** A running worker of any platform. */
export interface Thread {
  attach(attachment: Attachment): void;
  stop(): void;
}

interface NodeWorker {
  postMessage(message: unknown): void;
  on(event: "error", handler: () => void): void;
  unref(): void;
  terminate(): Promise<number>;
}

interface WebWorker {
  postMessage(message: unknown): void;
  terminate(): void;
  onerror: (() => void) | null;
}

interface Platform {
  readonly process?: { getBuiltinModule?: (name: string) => unknown };
  readonly navigator?: { readonly hardwareConcurrency?: number };
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
 * @param onFailure called when it could not start or died
 */
export function spawn(onFailure: () => void): Thread {
  const threads = builtin<{ Worker: new (source: string, options: object) => NodeWorker }>("node:worker_threads");
  if (threads !== undefined) {
    const worker = new threads.Worker(source, { eval: true });
    worker.on("error", onFailure);
    worker.unref();
    return { attach: (attachment) => worker.postMessage(attachment), stop: () => void worker.terminate() };
  }
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = new platform.Worker!(url);
  setTimeout(() => URL.revokeObjectURL(url), 10_000); // by then it is loaded, or never will be
  worker.onerror = onFailure;
  return { attach: (attachment) => worker.postMessage(attachment), stop: () => worker.terminate() };
}
