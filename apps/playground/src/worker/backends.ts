import type { Backend } from "@mixtura/backend";
import { backendsOn } from "@mixtura/backends";
import type { BackendFacts } from "./protocol.ts";
import { engineNamespace } from "./tensorflow.ts";

const known = backendsOn("browser");

/** Backends that were opened: one of each is enough, with its threads or its device. */
const opened = new Map<string, Promise<Backend>>();

export function listBackends(): Promise<BackendFacts[]> {
  return Promise.all(known.map(async ({ name, title, about, missing }) => ({ name, title, about, missing: await missing() })));
}

/** The backend of a name; nothing for "auto", which leaves the choice to each fit, and for one that this browser does not have. */
export async function openBackend(name: string): Promise<Backend | undefined> {
  const wanted = known.find((candidate) => candidate.name === name);
  if (wanted === undefined || (await wanted.missing()) !== undefined) return undefined;
  if (!opened.has(name)) opened.set(name, wanted.load({ tensorFlow: (_, engine) => engineNamespace(engine) }));
  try {
    return await opened.get(name);
  } catch (error) {
    opened.delete(name);
    throw error;
  }
}
