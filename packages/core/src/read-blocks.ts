import type { Block, BlockSource } from "./block-source.ts";
import { isMixturaError, MixturaError, show } from "./errors.ts";
import type { Pace } from "./pace.ts";
import { abortError } from "./pace.ts";
import { present } from "./present.ts";

/**
 * The blocks of one walk over a source, each checked to hold what it says. The walk ends with `aborted` when its pace does, though the source may
 * never answer: the source is asked to stop, and nobody waits for it. What reading throws comes with our code and the cause.
 *
 * @throws MixturaError `invalid-shape`, `invalid-weight`, `read-error`, `aborted`
 */
export async function* readBlocks(source: BlockSource, pace: Pace, caller: string): AsyncGenerator<Block> {
  const { columns } = source;
  if (!Number.isSafeInteger(columns) || columns < 1) {
    const [expected, found] = ["a number of columns ≥ 1", show(columns)];
    throw new MixturaError("invalid-shape", `${caller}: a source of blocks needs ${expected}, found ${found}.`, { expected, found });
  }
  const { signal } = pace;
  let walk: AsyncIterator<unknown> | undefined;
  let stop: ((error: MixturaError) => void) | undefined;
  const onAbort = (): void => stop?.(abortError(signal!));
  signal?.addEventListener("abort", onAbort);
  /** What the source answers, or the abort if that comes first. */
  const answer = <T>(asked: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      pace.check();
      stop = reject;
      asked().then(resolve, reject);
    });
  try {
    const started = walkOf(source.blocks(present({ signal })));
    walk = started;
    for (;;) {
      const next = await answer(async () => started.next());
      if (next.done === true) break;
      yield checkedBlock(next.value, columns, caller);
      if (pace.due()) await pace.turn(); // a source of empty blocks leaves no other turn
    }
    walk = undefined; // it has come to its end
  } catch (error) {
    pace.check(); // an aborted source may say so in its own way
    if (isMixturaError(error)) throw error;
    const reason = error instanceof Error ? error.message : show(error);
    throw new MixturaError("read-error", `${caller}: reading the source failed: ${reason}`, { source: "blocks" }, { cause: error });
  } finally {
    const left = walk;
    // What it throws in being closed is of no account: the walk has failed, or nobody wants its rest.
    const closing = left === undefined ? undefined : (async () => left.return?.())().catch(() => {});
    if (closing !== undefined && signal?.aborted !== true) await answer(() => closing).catch(() => {});
    signal?.removeEventListener("abort", onAbort);
  }
}

/** `blocks()` gives an asynchronous iterable; a plain one of blocks is taken, too. */
function walkOf(blocks: AsyncIterable<unknown> | Iterable<unknown>): AsyncIterator<unknown> {
  if (Symbol.asyncIterator in blocks) return blocks[Symbol.asyncIterator]();
  const walk = blocks[Symbol.iterator]();
  return { next: async () => walk.next(), return: async () => walk.return?.() ?? { done: true, value: undefined } };
}

/** A block whose numbers are those that it says: the sizes of what comes later are made of it. */
function checkedBlock(block: unknown, columns: number, caller: string): Block {
  const { X, sampleWeight } = Object(block) as Partial<Block>;
  if (!(X?.data instanceof Float64Array && X.columns === columns && X.rows >= 0 && X.data.length >= X.rows * columns && X.rows % 1 === 0)) {
    const expected = `{ X: a matrix of ${columns} columns }`;
    const found = X?.columns === undefined ? show(block) : `${show(X.rows)} rows of ${show(X.columns)}`;
    throw new MixturaError("invalid-shape", `${caller}: a block must be ${expected}, found ${found}.`, { expected, found });
  }
  if (sampleWeight !== undefined && sampleWeight?.length !== X.rows) {
    const found = show(sampleWeight);
    throw new MixturaError("invalid-weight", `${caller}: a block of ${X.rows} rows needs as many weights, found ${found}.`, { found });
  }
  return block as Block;
}
