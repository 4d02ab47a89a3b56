import type { Pace } from "@mixtura/core/authoring";
import type { Arena } from "./arena.ts";
import type { Pass } from "./pass.ts";
import type { Crew } from "./threads/pool.ts";
import { SPAN_ROWS, SpanWork } from "./threads/spans.ts";
import type { Kind } from "./threads/words.ts";
import { ACTIVE, CANCELLED, END, GENERATION, JOBS, KIND, KINDS, MERGED, NEXT, OPEN, ORIGIN, SLICE, START } from "./threads/words.ts";

/** Multiply-adds of one call into the binary: about a millisecond. */
const WORK_PER_SLICE = 4e6;
/** Looks at a word before the event loop gets a turn. */
const SPINS = 100_000;

/** One run of a pass: what is done on which rows. */
export interface PassRun {
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
  readonly pace: Pace | undefined;
  /** Workers that help, if any; they must be serving the arena and nobody else. */
  readonly crew: Crew | undefined;
  /** Whether the calling thread works too, rather than only wait for the workers. */
  readonly takesPart: boolean;
}

/**
 * Runs a pass over rows to its end, or to its abort. Afterwards no thread touches its memory any more.
 *
 * @returns whether all rows were seen. They were not if a worker ended in the middle: the sums that it held are lost, others may be half added
 */
export async function run(arena: Arena, pass: Pass, passRun: PassRun): Promise<boolean> {
  const { pace, crew, takesPart } = passRun;
  const shared = crew !== undefined;
  const lost = (): boolean => crew?.lost() === true;
  const spans = Math.ceil((passRun.end - passRun.start) / SPAN_ROWS);
  const words = shared ? arena.control : new Int32Array(JOBS + pass.jobs.length);
  pace?.check();
  prepare(words, pass, passRun);
  if (shared) {
    Atomics.store(words, OPEN, 1);
    Atomics.add(words, GENERATION, 1);
    Atomics.notify(words, GENERATION);
  }
  try {
    if (takesPart) await work(new SpanWork(arena.exports, words, 0), pace);
    if (shared) await until(words, MERGED, () => lost() || Atomics.load(words, MERGED) === spans, pace);
    return Atomics.load(words, MERGED) === spans;
  } catch (error) {
    Atomics.store(words, CANCELLED, 1);
    throw error;
  } finally {
    if (shared) {
      Atomics.store(words, OPEN, 0);
      await until(words, ACTIVE, () => lost() || Atomics.load(words, ACTIVE) === 0, undefined);
      if (lost()) await crew.gone();
    }
  }
}

function prepare(words: Int32Array, pass: Pass, { kind, start, end }: PassRun): void {
  const { step } = pass.job;
  words[NEXT] = 0;
  words[MERGED] = 0;
  words[CANCELLED] = 0;
  words[KIND] = KINDS.indexOf(kind);
  words[START] = start;
  words[END] = end;
  words[SLICE] = Math.max(1, Math.floor(WORK_PER_SLICE / pass.workPerRow / step)) * step;
  words[ORIGIN] = start;
  pass.jobs.forEach((job, thread) => (words[JOBS + thread] = job));
}

async function work(spans: SpanWork, pace: Pace | undefined): Promise<void> {
  for (let waits = 0; ;) {
    if (waits > SPINS) await turn(pace);
    else if (waits === 0 && pace?.due()) await pace.turn();
    const progress = spans.next();
    if (progress === "done") return;
    waits = progress === "waiting" ? waits + 1 : 0;
  }
}

/** Waits for other threads: a moment in place, then turn by turn of the event loop. */
async function until(words: Int32Array, index: number, done: () => boolean, pace: Pace | undefined): Promise<void> {
  for (let spin = 0; spin < SPINS; spin++) if (done()) return;
  while (!done()) {
    const value = Atomics.load(words, index);
    if (done()) return;
    await changed(words, index, value);
    pace?.check();
  }
}

type WaitAsync = (words: Int32Array, index: number, value: number, timeout: number) => { async: boolean; value: unknown };

/** Resolves when a word may have changed. The timer keeps the process alive meanwhile. */
async function changed(words: Int32Array, index: number, value: number): Promise<void> {
  const { waitAsync } = Atomics as unknown as { waitAsync?: WaitAsync };
  const timer = new Promise<void>((resolve) => setTimeout(resolve, 1));
  if (waitAsync === undefined) return timer;
  await Promise.race([waitAsync(words, index, value, 5).value, timer]);
}

function turn(pace: Pace | undefined): Promise<void> {
  return pace === undefined ? new Promise((resolve) => void setTimeout(resolve, 0)) : pace.turn();
}
