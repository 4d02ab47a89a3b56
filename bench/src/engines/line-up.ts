import { createRequire } from "node:module";
import { mlMatrixBackend } from "@mixtura/backend-ml-matrix";
import type { TensorFlow } from "@mixtura/backend-tfjs";
import { tfjsBackend } from "@mixtura/backend-tfjs";
import * as tf from "@tensorflow/tfjs-core";
import type { EmTask } from "../em/contenders.ts";
import { SEED } from "../em/rows.ts";
import { findOurs } from "../ours.ts";
import type { AbsentPeer } from "../peers/peer.ts";
import type { EnginePage } from "./browser.ts";
import { openEnginePage } from "./browser.ts";
import type { MeasuredMaps } from "./maps.ts";
import { measureMaps } from "./maps.ts";

/** A backend, or an engine of one, that takes part. */
export interface Runner {
  readonly name: string;
  readonly precision: "float64" | "float32";
  /** Whether a map of many rows takes long: then one map of a few chunks of rows is enough, once. */
  readonly slow: boolean;
  readonly description?: string;
  measure(task: EmTask, maps: number): Promise<MeasuredMaps>;
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
    measure: (task, maps) => measureMaps(backend, task, maps),
  }));
  const missing: AbsentPeer[] = [...absent];
  const native = process.env["MIXTURA_TFJS_NODE"];
  if (native === undefined) missing.push({ name: "tfjs-node", reason: "MIXTURA_TFJS_NODE names no folder of it" });
  else runners.push(await onTensorFlow("tfjs-node", createRequire(import.meta.url)(native) as TensorFlow, undefined, false));
  runners.push(await onTensorFlow("tfjs-wasm", tf, "wasm", false));
  runners.push(await onTensorFlow("tfjs-cpu", tf, "cpu", true));
  const plain = mlMatrixBackend();
  runners.push({ name: "ml-matrix", precision: "float64", slow: true, measure: (task, maps) => measureMaps(plain, task, maps) });
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

async function onTensorFlow(name: string, namespace: TensorFlow, engine: "wasm" | "cpu" | undefined, slow: boolean): Promise<Runner> {
  const backend = await tfjsBackend(namespace, engine === undefined ? {} : { engine });
  return { name, precision: "float32", slow, measure: (task, maps) => measureMaps(backend, task, maps) };
}

async function inBrowser(page: EnginePage, engine: "webgl" | "webgpu"): Promise<Runner> {
  const device = await page.device(engine);
  const software = /swiftshader/i.test(device);
  return {
    name: `tfjs-${engine}`,
    precision: "float32",
    slow: software,
    description: `tfjs-${engine} in Chromium on "${device}"${software ? ": a graphics device in software, whose times say nothing of a real one" : ""}`,
    measure: ({ shape }, maps) => page.measure(engine, shape, SEED, maps),
  };
}
