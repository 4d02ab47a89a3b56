import type { Remote } from "comlink";
import { proxy, wrap } from "comlink";
import type { Engine } from "../worker/protocol.ts";

/** The worker, from the page. */
export type Link = Remote<Engine>;

/** Starts the worker. */
export function openLink(): Link {
  return wrap<Engine>(new Worker(new URL("../worker/worker.ts", import.meta.url), { type: "module", name: "mixtura" }));
}

/** A function of the page that the worker may call. */
export const callable = proxy;
