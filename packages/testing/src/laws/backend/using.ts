import type { Backend, Primitives } from "@mixtura/backend";
import type { Matrix } from "@mixtura/core";

/** Uploads matrices, runs the work on their handles, and releases them in every case. */
export async function using<Result>(
  device: Primitives<unknown>,
  matrices: readonly Matrix[],
  work: (...handles: unknown[]) => Promise<Result>,
): Promise<Result> {
  const handles: unknown[] = [];
  try {
    for (const m of matrices) handles.push(await device.upload(m));
    return await work(...handles);
  } finally {
    for (const handle of handles) device.release(handle);
  }
}

/** Runs one operation on uploaded matrices and downloads what it gives. */
export function compute(
  device: Primitives<unknown>,
  matrices: readonly Matrix[],
  operation: (...handles: unknown[]) => unknown,
): Promise<Matrix> {
  return using(device, matrices, async (...handles) => {
    const result = operation(...handles);
    try {
      return await device.download(result);
    } finally {
      device.release(result);
    }
  });
}

/** Runs kernels on one uploaded matrix. */
export function onData<Result>(backend: Backend, data: Matrix, work: (handle: unknown) => Promise<Result>): Promise<Result> {
  return using(backend, [data], work);
}
