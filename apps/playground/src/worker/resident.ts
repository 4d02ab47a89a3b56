import type { Backend } from "@mixtura/backend";
import type { Matrix, MatrixLike, UploadedMatrix } from "@mixtura/core";
import { openBackend } from "./backends.ts";

/** Numbers from which on rows are kept where passes over them are fast. */
const LARGE = 20_000;

/** Holds the rows ready on a backend, so that they are packed once and not for every fit and every question. */
export class Resident {
  #held: { readonly X: Matrix; readonly backend: Backend; readonly rows: Promise<UploadedMatrix> } | undefined;

  /** The rows where they can be walked soonest; `wanted` is a backend that somebody chose. */
  async rowsOn(X: Matrix, wanted: Backend | undefined): Promise<MatrixLike> {
    const backend = wanted ?? (X.data.length < LARGE ? undefined : ((await openBackend("wasm")) ?? (await openBackend("wasm-one-thread"))));
    if (backend === undefined) return X;
    if (this.#held?.X !== X || this.#held.backend !== backend) {
      await this.leave();
      this.#held = { X, backend, rows: backend.matrix(X) };
    }
    return this.#held.rows;
  }

  async leave(): Promise<void> {
    const held = this.#held;
    this.#held = undefined;
    await (await held?.rows)?.[Symbol.asyncDispose]();
  }
}
