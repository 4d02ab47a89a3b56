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
    const found = `${count} numbers`;
    throw new MixturaError("invalid-shape", `${caller}: ${found} do not fit into memory.`, { expected: "fewer numbers", found }, { cause });
  }
}
