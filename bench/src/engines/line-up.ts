import { createRequire } from "node:module";
import type { BackendName } from "@mixtura/backends";
import { backendsOn } from "@mixtura/backends";
import type { TensorFlow } from "@mixtura/backend-tfjs";
import * as tf from "@tensorflow/tfjs-core";
import type { EmTask } from "../em/contenders.ts";
import { SEED } from "../em/rows.ts";
import { findOurs } from "../ours.ts";
import type { AbsentPeer } from "../peers/peer.ts";
import type { EnginePage } from "./browser.ts";
import { openEnginePage } from "./browser.ts";
import type { MeasuredIterations } from "./iterations.ts";
import { measureIterations } from "./iterations.ts";

/** A backend, or an engine of one, that takes part. */
export interface Runner {
  readonly name: string;
  readonly precision: "float64" | "float32";
  /** Whether an iteration of many rows takes long: then one iteration over a few chunks of rows is enough, once. */
  readonly slow: boolean;
  readonly description?: string;
  measure(task: EmTask, iterations: number): Promise<MeasuredIterations>;
}

/** Who takes part, who is absent, and how to let go of them. */
export interface Runners {
  readonly runners: readonly Runner[];
  readonly absent: readonly AbsentPeer[];
  readonly close: () => Promise<void>;
}

/** Looks for every backend and every engine. */
export async function lineUpBackends(): Promise<Runners> {
  const { ours, absent } = await findOurs();
  const runners: Runner[] = ours.map(({ name, backend, description }) => ({
    name,
    precision: "float64",
    slow: false,
    ...(description === undefined ? {} : { description }),
    measure: (task, iterations) => measureIterations(backend, task, iterations),
  }));
  const missing: AbsentPeer[] = [...absent];
  const native = process.env["MIXTURA_TFJS_NODE"];
  for (const { name, precision, load } of backendsOn("node").filter(({ name: known }) => !FOUND_BY_THREADS.has(known))) {
    try {
      const backend = await load({ tensorFlow: async (_, engine) => (engine === "tensorflow" ? nativeTensorFlow(native) : tf) });
      runners.push({ name, precision, slow: SLOW.has(name), measure: (task, iterations) => measureIterations(backend, task, iterations) });
    } catch (error) {
      missing.push({ name, reason: (error as Error).message });
    }
  }
  const page = await openEnginePage().catch((error: unknown) => {
    missing.push({ name: "tfjs-webgl, tfjs-webgpu", reason: error instanceof Error ? error.message : String(error) });
    return undefined;
  });
  for (const engine of ["webgl", "webgpu"] as const) if (page !== undefined) runners.push(await inBrowser(page, engine));
  return {
    runners,
    absent: missing,
    async close() {
      for (const one of ours) await one.close();
      await page?.close();
    },
  };
}

/** Backends that {@link findOurs} brings, with each number of threads. */
const FOUND_BY_THREADS: ReadonlySet<BackendName> = new Set(["wasm", "wasm-one-thread", "reference"]);

/** Backends whose iterations of many rows take long. */
const SLOW: ReadonlySet<BackendName> = new Set(["ml-matrix", "tfjs-cpu"]);

function nativeTensorFlow(folder: string | undefined): TensorFlow {
  if (folder === undefined) throw new Error("MIXTURA_TFJS_NODE names no folder of it");
  return createRequire(import.meta.url)(folder) as TensorFlow;
}

async function inBrowser(page: EnginePage, engine: "webgl" | "webgpu"): Promise<Runner> {
  const device = await page.device(engine);
  const software = /swiftshader/i.test(device);
  return {
    name: `tfjs-${engine}`,
    precision: "float32",
    slow: software,
    description: `tfjs-${engine} in Chromium on "${device}"${software ? ": a graphics device in software, whose times say nothing of a real one" : ""}`,
    measure: ({ shape }, iterations) => page.measure(engine, shape, SEED, iterations),
  };
}
