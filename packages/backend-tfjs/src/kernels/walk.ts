import type { Pace } from "@mixtura/core/authoring";
import type { Device } from "../device.ts";
import type { TensorFlowOperations, TfTensor } from "../tensorflow.ts";
import type { Span } from "./spans.ts";

/** Runs work that waits and frees the tensors it kept, also when it fails or is aborted. */
export async function keeping<T>(work: (keep: (tensor: TfTensor) => TfTensor) => Promise<T>): Promise<T> {
  const kept: TfTensor[] = [];
  try {
    return await work((tensor) => {
      kept.push(tensor);
      return tensor;
    });
  } finally {
    for (const tensor of kept) tensor.dispose();
  }
}

/**
 * Walks over spans: each is handed to the device, and what comes back is collected, in order. A few spans are handed over before the first
 * result is waited for where the engine computes by itself.
 *
 * @param dispatch makes the one tensor that is read; what else it makes is freed
 */
export async function walk(
  device: Device,
  spans: readonly Span[],
  pace: Pace | undefined,
  dispatch: (span: Span) => TfTensor,
  collect: (values: ArrayLike<number>, span: Span) => void,
): Promise<void> {
  const pending: { readonly tensor: TfTensor; readonly span: Span }[] = [];
  const settle = async (): Promise<void> => {
    const { tensor, span } = pending[0]!;
    const values = await device.read(tensor, pace?.signal);
    pending.shift();
    tensor.dispose();
    collect(values, span);
  };
  try {
    for (const span of spans) {
      pace?.check();
      pending.push({ tensor: device.tidy(() => dispatch(span)), span });
      if (pending.length > device.traits.ahead) await settle();
      if (pace?.due()) await pace.turn();
    }
    while (pending.length > 0) await settle();
  } finally {
    for (const { tensor } of pending) tensor.dispose();
  }
}

/** Tensors as one list of numbers, so that a span is read at once. */
export function flat(tf: TensorFlowOperations, tensors: readonly TfTensor[]): TfTensor {
  return tf.concat(
    tensors.map((tensor) => tf.reshape(tensor, [tensor.shape.reduce((product, length) => product * length, 1)])),
    0,
  );
}
