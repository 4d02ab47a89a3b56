import type { ErrorDetails } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";

/**
 * The error of a table that cannot be read.
 *
 * @param source what is read: a path, or "the CSV text"
 * @param problem what was found and what to try
 */
export function readError(
  source: string,
  problem: string,
  place: Omit<ErrorDetails["read-error"], "source"> = {},
  options?: ErrorOptions,
): MixturaError<"read-error"> {
  return new MixturaError("read-error", `${source}: ${problem}`, { source, ...place }, options);
}
