// The parts of TensorFlow.js that are used here, so that types need no package of it: it is a peer, and which one is the caller's to choose.

/** A tensor, as TensorFlow.js makes it: what handles of this backend are. */
export interface TfTensor {
  readonly shape: readonly number[];
  readonly isDisposed: boolean;
  /** Copies its numbers to the host. */
  data(): Promise<ArrayLike<number>>;
  /** Frees it. Twice does no harm. */
  dispose(): void;
}

/**
 * The namespace of TensorFlow.js: `import * as tf from "@tensorflow/tfjs"`, or tfjs-node's, or that of tfjs-core. Of its operations only that they are
 * there: those of any release and package fit.
 */
export interface TensorFlow {
  setBackend(name: string): Promise<boolean>;
  getBackend(): string;
  ready(): Promise<void>;
  memory(): { readonly numTensors: number };
  readonly matMul: (...operands: never[]) => unknown;
}

/** What of the namespace is used here, in the words of this package. */
export interface TensorFlowOperations {
  setBackend(name: string): Promise<boolean>;
  getBackend(): string;
  /** What the active engine is made of. */
  backend(): unknown;
  findBackendFactory(name: string): unknown;
  ready(): Promise<void>;
  env(): { getBool(flag: string): boolean };
  memory(): { readonly numTensors: number };
  tidy(work: () => void): unknown;
  /** Keeps a tensor alive beyond the scope that it was made in. */
  keep(tensor: TfTensor): TfTensor;

  tensor(values: Float32Array, shape: number[]): TfTensor;
  tensor1d(values: Int32Array, shape?: undefined, dtype?: "int32"): TfTensor;
  ones(shape: number[]): TfTensor;
  reshape(a: TfTensor, shape: number[]): TfTensor;
  transpose(a: TfTensor): TfTensor;
  concat(parts: TfTensor[], axis: number): TfTensor;
  slice(a: TfTensor, begin: number[], size: number[]): TfTensor;
  gather(a: TfTensor, indices: TfTensor): TfTensor;
  clone(a: TfTensor): TfTensor;
  cast(a: TfTensor, dtype: "float32"): TfTensor;

  matMul(a: TfTensor, b: TfTensor, transposeA?: boolean, transposeB?: boolean): TfTensor;
  add(a: TfTensor, b: TfTensor): TfTensor;
  sub(a: TfTensor, b: TfTensor): TfTensor;
  mul(a: TfTensor, b: TfTensor): TfTensor;
  div(a: TfTensor, b: TfTensor): TfTensor;
  minimum(a: TfTensor, b: TfTensor): TfTensor;
  maximum(a: TfTensor, b: TfTensor): TfTensor;
  greater(a: TfTensor, b: TfTensor): TfTensor;
  where(condition: TfTensor, a: TfTensor, b: TfTensor): TfTensor;
  exp(a: TfTensor): TfTensor;
  log(a: TfTensor): TfTensor;
  square(a: TfTensor): TfTensor;
  step(a: TfTensor): TfTensor;
  scalar(value: number): TfTensor;
  sum(a: TfTensor, axis?: number, keepDims?: boolean): TfTensor;
  max(a: TfTensor, axis?: number, keepDims?: boolean): TfTensor;
  min(a: TfTensor, axis?: number, keepDims?: boolean): TfTensor;
  argMax(a: TfTensor, axis: number): TfTensor;
  argMin(a: TfTensor, axis: number): TfTensor;
  oneHot(indices: TfTensor, depth: number): TfTensor;
}
