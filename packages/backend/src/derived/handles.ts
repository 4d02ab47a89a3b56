import type { Pace } from "@mixtura/core";
import type { Primitives } from "../contract.ts";

/** Notes a handle (or several) to be freed when the work at hand is over, and hands it back. */
export type Keep<H> = <Kept extends H | readonly H[]>(kept: Kept) => Kept;

/**
 * Runs work that waits and frees every handle it kept, also when it fails or is aborted. What {@link Primitives.scope} is to synchronous
 * work, this is to the rest.
 */
export async function withHandles<H, Result>(device: Primitives<H>, work: (keep: Keep<H>) => Promise<Result>): Promise<Result> {
  const held: H[] = [];
  const keep: Keep<H> = (kept) => {
    held.push(...((Array.isArray(kept) ? kept : [kept]) as H[]));
    return kept;
  };
  try {
    return await work(keep);
  } finally {
    for (const handle of held) device.release(handle);
  }
}

/** Ends work that was called off, and gives the event loop its turn when that is due. */
export async function breathe(pace: Pace | undefined): Promise<void> {
  pace?.check();
  if (pace?.due()) await pace.turn();
}
