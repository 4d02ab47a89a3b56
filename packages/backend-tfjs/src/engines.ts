/** What TensorFlow.js calls its backends; "tensorflow" is the native one of tfjs-node. */
export type TfjsEngine = "cpu" | "wasm" | "webgl" | "webgpu" | "tensorflow";

/** What passes have to know about an engine. */
export interface EngineTraits {
  /**
   * Work of one span of rows between two turns of the event loop. Engines that compute on the calling thread get what they do in some ten
   * milliseconds, others what keeps them busy.
   */
  readonly spanWork: number;
  /** Spans that are handed over before the first one's results are waited for: 0 where there is nothing to wait for. */
  readonly ahead: number;
  /** How rows are selected: the engine in WebAssembly copies all rows to the host to slice some off, and gathers them in place. */
  readonly rowsBy: "slice" | "gather";
}

/** The engines, by name. */
export const ENGINES: Readonly<Record<TfjsEngine, EngineTraits>> = {
  cpu: { spanWork: 2 ** 19, ahead: 0, rowsBy: "slice" },
  wasm: { spanWork: 2 ** 25, ahead: 0, rowsBy: "gather" },
  webgl: { spanWork: 2 ** 28, ahead: 4, rowsBy: "slice" },
  webgpu: { spanWork: 2 ** 28, ahead: 4, rowsBy: "slice" },
  tensorflow: { spanWork: 2 ** 26, ahead: 0, rowsBy: "slice" },
};
