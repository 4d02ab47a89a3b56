import { isMixturaError } from "@mixtura/core";

/** What went wrong, in words for people; errors themselves lose their code between threads. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  /** The option that is to blame, where one is. */
  readonly option?: string;
}

/** An answer across threads: a value, or why there is none. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

/** Something that the page itself refuses. */
export class Refusal extends Error {
  readonly code: string;

  constructor(message: string, code = "refused", options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Does work and gives its outcome as a value. */
export async function answered<T>(work: () => T | Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}

export function failureOf(error: unknown): Failure {
  if (isMixturaError(error)) {
    const option = "option" in error.detail && typeof error.detail.option === "string" ? error.detail.option : undefined;
    return { code: error.code, message: error.message, ...(option === undefined ? {} : { option }) };
  }
  if (error instanceof Refusal) return { code: error.code, message: error.message };
  if (error instanceof DOMException && error.name === "AbortError") return { code: "aborted", message: "The work was cancelled." };
  return { code: "unexpected", message: error instanceof Error ? error.message : String(error) };
}
