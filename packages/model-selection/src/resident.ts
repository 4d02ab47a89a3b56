import type { Backend } from "@mixtura/backend";
import type { MatrixLike } from "@mixtura/core";
import { toMatrix } from "@mixtura/core";
import { isUploadedMatrix } from "@mixtura/core/internal";

/** Rows that several fits share. */
export interface ResidentRows {
  readonly X: MatrixLike;
  release(): Promise<void>;
}

/** Uploads rows once for several fits, where a backend is given and they do not lie on it already; else they are used as they are. */
export async function resident(X: MatrixLike, backend: Backend | undefined): Promise<ResidentRows> {
  const there = isUploadedMatrix(X) && "backend" in X && X.backend === backend;
  if (backend === undefined || there) return { X, release: async () => undefined };
  const uploaded = await backend.matrix(toMatrix(X, { caller: "matrix" }));
  return { X: uploaded, release: () => Promise.resolve(uploaded[Symbol.asyncDispose]()) };
}
