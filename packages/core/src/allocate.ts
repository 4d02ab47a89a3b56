import { MixturaError } from "./errors.ts";

/**
 * Zeros for so many numbers.
 *
 * @throws MixturaError `invalid-shape` where no memory holds them
 * @example
 * ```ts run
 * allocated(2, "example") // => [0, 0]
 * allocated(2 ** 60, "example") // throws invalid-shape
 * ```
 */
export function allocated(count: number, caller: string): Float64Array<ArrayBuffer> {
  try {
    return new Float64Array(count);
  } catch (cause) {
    const message = `${caller}: ${count} numbers do not fit into memory. Pass fewer rows or columns at a time, or a source of blocks.`;
    throw new MixturaError("invalid-shape", message, { expected: "numbers that fit into memory", found: `${count} numbers` }, { cause });
  }
}
