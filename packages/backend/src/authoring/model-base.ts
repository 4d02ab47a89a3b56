import type { BlockSource, MatrixLike, WeightedBatchContext } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import type { ModelRecord } from "@mixtura/core/authoring";
import { isBlockSource, ModelBase, present, show } from "@mixtura/core/authoring";
import type { BackendModel } from "@mixtura/core/internal";
import type { GaussianComponents } from "../components.ts";
import type { Backend, PassBackend } from "../contract.ts";
import type { BatchAnswer, NumberJoin } from "../rows/answers-of-blocks.ts";
import type { FastBackendModule } from "../rows/fast-backend.ts";
import type { BatchWork } from "../rows/with-rows.ts";

/**
 * What every fitted model has whose batch methods compute on a backend: the features, trace and JSON of every model, and rows that are uploaded,
 * worked on and released. Where nobody chose a backend, many rows go to a fast one.
 */
export abstract class BackendModelBase extends ModelBase implements BackendModel {
  readonly #backend: PassBackend | undefined;

  /** @internal */
  protected constructor(record: ModelRecord, backend: PassBackend | undefined) {
    super(record);
    // Whoever only asks about points needs no more; the whole of it is checked before rows go there.
    if (backend !== undefined && typeof backend?.kernels?.expectation !== "function")
      throw new MixturaError("invalid-option", `"backend" must be a Backend, found ${show(backend)}.`, {
        option: "backend",
        found: backend,
      });
    this.#backend = backend;
  }

  /** The same model, computing elsewhere. */
  abstract withBackend(backend: Backend): this;

  /** The backend that was asked for. @internal */
  protected get backend(): PassBackend | undefined {
    return this.#backend;
  }

  /** The components that batch methods work with, in the data's own coordinates. @internal */
  protected abstract batchComponents(): GaussianComponents;

  /** The backend for many rows; a module of its own, loaded when it is wanted. @internal */
  protected abstract fastBackend(): Promise<FastBackendModule>;

  /**
   * Uploads rows, lets `work` compute on them, and frees them in every case. Rows in blocks are worked on chunk by chunk.
   *
   * @param join how one number for all rows is made of those of its chunks
   * @internal
   */
  protected async withRows<Answer extends BatchAnswer>(
    method: string,
    X: MatrixLike | BlockSource,
    context: WeightedBatchContext | null | undefined,
    work: (batch: BatchWork) => Promise<Answer>,
    { components = this.batchComponents(), join = "mean" }: { readonly components?: GaussianComponents; readonly join?: NumberJoin } = {},
  ): Promise<Answer> {
    const caller = `${this.type}.${method}`;
    const { signal, sampleWeight, numericStrings } = context ?? {};
    if (isBlockSource(X)) {
      const { answersOfBlocks } = await import("../rows/answers-of-blocks.ts"); // as few ask about blocks as fit them
      return answersOfBlocks(X, { caller, signal, sampleWeight, join }, (rows, weights) =>
        this.withRows(method, rows, present({ signal, sampleWeight: weights }), work, { components }),
      );
    }
    const { withRows } = await import("../rows/with-rows.ts"); // not needed to answer for single points
    const features = { count: this.featureCount, ...present({ names: this.featureNames }) };
    const asked = { X, features, components, backend: this.#backend, signal, sampleWeight, numericStrings };
    return withRows({ ...asked, caller, load: () => this.fastBackend() }, work);
  }
}
