import type { Pace } from "@mixtura/core/authoring";
import type { Primitives } from "../contract.ts";

/** Notes a handle (or several) to be freed when the current work ends, and returns it. */
export type Keep<H> = <Kept extends H | readonly H[]>(kept: Kept) => Kept;

/**
 * Runs work that waits and frees every handle it kept, also when it fails or is aborted. What {@link Primitives.scope} is to synchronous
 * work, this is to the rest.
 */
export async function withHandles<H, Result>(device: Primitives<H>, work: (keep: Keep<H>) => Promise<Result>): Promise<Result> {
  const held: H[] = [];
  const keep: Keep<H> = (kept) => {
    for (const handle of (Array.isArray(kept) ? kept : [kept]) as H[]) held.push(handle);
    return kept;
  };
  try {
    return await work(keep);
  } finally {
    for (const handle of held) device.release(handle);
  }
}

/** Rejects if the work was aborted, and yields to the event loop when that is due. */
export async function breathe(pace: Pace | undefined): Promise<void> {
  pace?.check();
  if (pace?.due()) await pace.turn();
}
