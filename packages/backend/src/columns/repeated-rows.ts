/** Estimates which fraction of rows repeats an earlier one. */
export interface RepeatCounter {
  add(data: Float64Array, rows: number, weights: Float64Array | undefined): void;
  /** Rows that repeat another, as a fraction of the rows seen; exact while there are few different ones, and 0 for more than 10,000 rows. */
  finish(): number;
}

/** Hashes held at most. */
const MOST = 4096;
/** Rows up to which repeats are counted: of longer tables every row would cost as much as a tenth of an EM pass. */
const MOST_ROWS = 10_000;

/**
 * Counts by a sample of values, not of places: rows whose hash ends in k zeros are all kept, and k grows as they become many. So all copies of a row are
 * kept or none.
 *
 * @remarks O(n·d) time, 4,096 hashes of memory.
 */
export function createRepeatCounter(columns: number, expected: number): RepeatCounter {
  let mask = 0;
  let kept = new Map<number, number>();
  let seen = expected > MOST_ROWS ? expected : 0;

  function thin(): void {
    while (kept.size > MOST) {
      mask = mask * 2 + 1;
      kept = new Map([...kept].filter(([hash]) => (hash & mask) === 0));
    }
  }

  return {
    add(data, rows, weights) {
      seen += rows;
      if (seen > MOST_ROWS) return;
      const words = new Uint32Array(data.buffer, data.byteOffset, rows * columns * 2);
      for (let i = 0; i < rows; i++) {
        if (weights !== undefined && weights[i] === 0) continue;
        const hash = hashOf(words, i * columns * 2, columns * 2);
        if ((hash & mask) !== 0) continue;
        kept.set(hash, (kept.get(hash) ?? 0) + 1);
        if (kept.size > MOST) thin();
      }
    },
    finish() {
      if (seen > MOST_ROWS) return 0;
      let all = 0;
      for (const count of kept.values()) all += count;
      return all === 0 ? 0 : 1 - kept.size / all;
    },
  };
}

/** 32 bits of the words' bits; 4,096 hashes hold two different rows of equal hash in one table of 500. */
function hashOf(words: Uint32Array, start: number, count: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < start + count; at++) {
    hash = Math.imul(hash ^ words[at]!, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
