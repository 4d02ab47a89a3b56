export type { TfjsBackend } from "./backend.ts";
export type { TfjsEngine } from "./engines.ts";
export type { TfjsBackendOptions } from "./options.ts";
export type { TfjsPackage } from "./packages.ts";
export type { TensorFlow } from "./tensorflow.ts";
export { tfjsBackend } from "./tfjs-backend.ts";
