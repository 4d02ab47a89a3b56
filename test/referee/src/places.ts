// The backends that this machine has, of those that there are for Node.
import type { Backend } from "@mixtura/backend";
import { backendsOn } from "@mixtura/backends";

/** One backend. */
export interface Place {
  readonly name: string;
  readonly precision: "float64" | "float32";
  readonly backend: Backend;
}

async function found(): Promise<readonly Place[]> {
  const places: Place[] = [];
  for (const known of backendsOn("node")) {
    if (known.missing() !== undefined) continue;
    try {
      places.push({ name: known.name, precision: known.precision, backend: await known.load() });
    } catch {
      continue; // a library that is not installed here
    }
  }
  return places;
}

/** All of them, in the order of the list. */
export const places: readonly Place[] = await found();
