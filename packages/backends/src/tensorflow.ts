import type { Backend } from "@mixtura/backend";
import type { TfjsEngine, TfjsPackage } from "@mixtura/backend-tfjs";
import type { BackendHost } from "./known-backend.ts";

/** Loads an engine of TensorFlow.js from the first of the packages that has it; the first one's problem is that of all. */
export async function tensorFlow(
  packages: readonly TfjsPackage[],
  engine: TfjsEngine,
  { tensorFlow: find }: BackendHost = {},
): Promise<Backend> {
  const { tfjsBackend } = await import("@mixtura/backend-tfjs");
  let problem: unknown;
  for (const from of packages) {
    try {
      return await tfjsBackend((await find?.(from, engine)) ?? from, { engine });
    } catch (error) {
      problem ??= error;
    }
  }
  throw problem;
}
