// What the page in which graphics engines are measured runs; browser.ts bundles it.
import "@tensorflow/tfjs-backend-webgl";
import "@tensorflow/tfjs-backend-webgpu";
import { tfjsBackend } from "@mixtura/backend-tfjs";
import * as tf from "@tensorflow/tfjs-core";
import { normalMixture } from "../em/normal-mixture.ts";
import type { Shape } from "../em/shape.ts";
import { explicitStart } from "../em/start.ts";
import type { MeasuredIterations } from "./iterations.ts";
import { measureIterations } from "./iterations.ts";

/** Measures an engine on rows that are drawn here: the same as elsewhere, by their seed. */
async function measure(engine: "webgl" | "webgpu", shape: Shape, seed: number, iterations: number): Promise<MeasuredIterations> {
  const backend = await tfjsBackend(tf, { engine });
  const { X, truth } = normalMixture(seed, shape, "over");
  return measureIterations(backend, { shape, X, start: explicitStart(truth, shape.covarianceType, seed) }, iterations);
}

Object.assign(globalThis, { measure });
