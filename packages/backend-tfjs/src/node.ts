interface NodeProcess {
  getBuiltinModule?(name: string): unknown;
  readonly versions?: { readonly node?: string };
  readonly env?: Record<string, string | undefined>;
}

const { process: node } = globalThis as unknown as { readonly process?: NodeProcess };

/** A module of Node's own; undefined elsewhere. */
export function builtin<T>(name: string): T | undefined {
  return node?.getBuiltinModule?.(name) as T | undefined;
}

/**
 * Puts back what tfjs-node 4.22 calls in nearly every operation, and Node 23 removed.
 *
 * @see https://github.com/tensorflow/tfjs/issues/8609
 */
export function mendUtil(): void {
  const util = builtin<{ isNullOrUndefined?: (value: unknown) => boolean }>("node:util");
  if (util !== undefined) util.isNullOrUndefined ??= (value) => value == null;
}

/** Keeps NVIDIA's newer processors from multiplying with 10 binary digits of 24. It has to be said before TensorFlow is loaded. */
export function keepDigits(): void {
  if (node?.env !== undefined) node.env["NVIDIA_TF32_OVERRIDE"] ??= "0";
}
