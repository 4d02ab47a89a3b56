import { isMixturaError } from "@mixtura/core";

/** A request, or an event in it, that is refused, and how. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** A failure, as the caller sees it. */
export interface ErrorBody {
  readonly code: string;
  readonly message: string;
  readonly detail?: unknown;
}

/**
 * What the caller can mend is a 400: a missing feature, a text where a
 * number belongs. The rest is ours.
 */
export function statusOf(error: unknown): number {
  if (error instanceof Refusal) return error.status;
  return isMixturaError(error) ? 400 : 500;
}

/**
 * Mixtura's own code and facts, for programs; of failures that are
 * ours, nothing.
 */
export function errorBody(error: unknown): ErrorBody {
  if (error instanceof Refusal)
    return { code: error.code, message: error.message };
  if (isMixturaError(error))
    return {
      code: error.code,
      message: error.message,
      detail: error.detail,
    };
  return { code: "internal", message: "The service failed." };
}
