import type { Backend } from "@mixtura/backend";
import { completeBackend } from "@mixtura/backend/complete";
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

/** The backend on an engine that has started. */
export function createBackend(device: Device): TfjsBackend {
  const kernels = { expectation: expectationKernel(device), moments: momentsKernel(device), ...outputKernels(device) };
  // What the definition brings beside the contract stays on the backend.
  const definition = { ...tfjsPrimitives(device), kernels, engine: device.engine };
  return completeBackend(definition) as TfjsBackend;
}
