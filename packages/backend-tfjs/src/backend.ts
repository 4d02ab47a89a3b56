import type { Accelerated, Backend } from "@mixtura/backend";
import { defineBackend, scatters, shapes } from "@mixtura/backend";
import type { Device } from "./device.ts";
import type { TfjsEngine } from "./engines.ts";
import { expectationKernel } from "./kernels/expectation.ts";
import { momentsKernel } from "./kernels/moments.ts";
import { outputKernels } from "./kernels/outputs.ts";
import { tfjsPrimitives } from "./primitives.ts";
import type { TfTensor } from "./tensorflow.ts";

/** A backend on TensorFlow.js, whose handles are its tensors. */
export interface TfjsBackend extends Backend<TfTensor> {
  /** Which of TensorFlow.js' engines computes. */
  readonly engine: TfjsEngine;
}

/** Factors become triangles or diagonals and scatters are made of raw sums, under any name; radial parts are left to the derived kernels. */
const accelerates: Accelerated = {
  shapes: Object.keys(shapes) as (keyof typeof shapes)[],
  scatters: Object.keys(scatters) as (keyof typeof scatters)[],
  radials: ["gaussian"],
};

/** The backend on an engine that has started. */
export function createBackend(device: Device): TfjsBackend {
  const kernels = { expectation: expectationKernel(device), moments: momentsKernel(device), ...outputKernels(device) };
  // Members of the definition outside the contract stay on the backend.
  const definition = { ...tfjsPrimitives(device), kernels, accelerates, engine: device.engine };
  return defineBackend(definition) as TfjsBackend;
}
