import type { Backend } from "@mixtura/backend";
import { defineBackend } from "@mixtura/backend";
import { nearestCentroid } from "./nearest-centroid.ts";
import type { Handle, Memory } from "./memory.ts";
import { createMemory } from "./memory.ts";
import { toyPrimitives } from "./primitives.ts";

/** A backend on a memory of its own. */
export function toyBackend(
  memory: Memory = createMemory(),
): Backend<Handle> {
  return defineBackend({
    ...toyPrimitives(memory),
    kernels: { nearestCentroid: nearestCentroid(memory) },
  });
}
