import process from "node:process";
import { Worker } from "node:worker_threads";

/** How a worker goes away: ended from outside, by its own `process.exit`, by an error that nothing catches, by the end of its memory. */
export const ENDS = ["terminate", "exit", "error", "memory"] as const;
export type End = (typeof ENDS)[number];

/** Workers that end when they are told to, in the middle of what they do. */
export interface DoomedWorkers {
  /** Operations on shared words that workers have done so far: a measure of how far a pass is, the same whatever the machine does. */
  readonly steps: number;
  /** Workers that have been brought to their end. */
  readonly ended: number;
  /** Ends the worker that does the n-th operation from now. */
  arm(n: number): void;
  disarm(): void;
  /** Gives programs ordinary workers again. */
  restore(): void;
}

const [STEPS, COUNTDOWN, ENDED] = [0, 1, 2] as const;

/** A program to stand before the worker's own: it counts the changes of shared words, which are what threads of a pool talk by. */
const prelude = (end: End): string => `{
  const { workerData: words, parentPort } = require("node:worker_threads");
  const ends = {
    terminate() { parentPort.postMessage("terminate"); },
    exit() { process.exit(3); },
    error() { throw new Error("a test ends this worker"); },
    memory() { for (const hoard = []; ;) hoard.push(Array.from({ length: 1e5 }, () => ({}))); },
  };
  const { add, sub, load } = Atomics;
  const step = (result) => {
    add(words, ${STEPS}, 1);
    if (load(words, ${COUNTDOWN}) > 0 && sub(words, ${COUNTDOWN}, 1) === 1) {
      add(words, ${ENDED}, 1);
      ends.${end}();
    }
    return result;
  };
  Atomics.add = (...parameters) => step(add(...parameters));
  Atomics.sub = (...parameters) => step(sub(...parameters));
}
`;

/**
 * From now on, workers that are started in this process by `process.getBuiltinModule` are doomed to one end.
 *
 * Memory is little for those that run out of it: V8 then needs no time to fill it.
 */
export function doomWorkers(end: End): DoomedWorkers {
  const words = new Int32Array(new SharedArrayBuffer(12));
  class DoomedWorker extends Worker {
    constructor(source: string, options: object) {
      const resourceLimits = end === "memory" ? { resourceLimits: { maxOldGenerationSizeMb: 24, maxYoungGenerationSizeMb: 8 } } : {};
      super(prelude(end) + source, { ...options, ...resourceLimits, workerData: words });
      this.on("message", () => void this.terminate());
    }
  }
  const getBuiltinModule = process.getBuiltinModule.bind(process);
  const replaced = (name: string): object | undefined => {
    const module = getBuiltinModule(name);
    return name === "node:worker_threads" ? { ...module, Worker: DoomedWorker } : module;
  };
  process.getBuiltinModule = replaced;
  return {
    get steps() {
      return Atomics.load(words, STEPS);
    },
    get ended() {
      return Atomics.load(words, ENDED);
    },
    arm: (n) => void Atomics.store(words, COUNTDOWN, n),
    disarm: () => void Atomics.store(words, COUNTDOWN, 0),
    restore: () => void (process.getBuiltinModule = getBuiltinModule),
  };
}
