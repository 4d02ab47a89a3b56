/**
 * What each error code reports besides its sentence. Callers branch on the code and read the detail, never the text.
 */
export interface ErrorDetails {
  "invalid-option": { readonly option: string; readonly found: unknown };
  "unknown-option": { readonly option: string; readonly known: readonly string[]; readonly suggestion?: string };
  "invalid-shape": { readonly expected: string; readonly found: string };
  "not-finite": { readonly row: number; readonly column: number; readonly feature?: string; readonly found: unknown };
  "too-few-rows": { readonly rows: number; readonly needed: number };
  "feature-mismatch": { readonly expected: readonly string[] | number; readonly found: readonly string[] | number };
  "invalid-weight": { readonly row?: number; readonly found: unknown };
  "not-positive-definite": { readonly option: string; readonly component?: number; readonly pivot: number };
  "no-sound-candidate": { readonly candidates: readonly object[] };
  "invalid-model": { readonly path: string; readonly expected: string };
  "unknown-model-type": { readonly type: string; readonly known: readonly string[] };
  "unsupported-version": { readonly found: unknown; readonly supported: number };
  /** `done`: what was finished by then, where a call can go on from there. */
  aborted: { readonly reason?: unknown; readonly done?: unknown };
  "not-supported": { readonly feature: string };
  "backend-unavailable": { readonly backend: string };
  "device-lost": { readonly backend: string };
  "read-error": { readonly source: string; readonly row?: number; readonly column?: string };
}

/** The stable, kebab-case name of a failure. */
export type ErrorCode = keyof ErrorDetails;

const brand: unique symbol = Symbol.for("mixtura.error") as never;

/**
 * The one error class of Mixtura: a stable `code` for programs, a sentence for people, the facts in `detail`.
 *
 * Recognise it with {@link isMixturaError}, which also works when two versions of a package are installed side by side.
 * An aborted call carries the code `aborted` and the name `AbortError`, as the web platform's own calls do.
 */
export class MixturaError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code;
  readonly detail: ErrorDetails[Code];
  /** @internal */
  readonly [brand] = true;

  /**
   * @param code the stable name of the failure
   * @param message what was asked, what was found, what to try
   * @param detail the facts as fields
   */
  constructor(code: Code, message: string, detail: ErrorDetails[Code], options?: ErrorOptions) {
    super(message, options);
    this.name = code === "aborted" ? "AbortError" : "MixturaError";
    this.code = code;
    this.detail = detail;
  }
}

/**
 * Whether a caught value is a Mixtura error, and, if a code is given, whether it has that code.
 *
 * @example
 * ```ts run
 * const error = new MixturaError("too-few-rows", "2 rows, 3 needed", { rows: 2, needed: 3 });
 * isMixturaError(error, "too-few-rows") // => true
 * isMixturaError(error, "aborted") // => false
 * isMixturaError(new Error("other")) // => false
 * ```
 */
export function isMixturaError<Code extends ErrorCode = ErrorCode>(error: unknown, code?: Code): error is MixturaError<Code> {
  if (typeof error !== "object" || error === null || !(brand in error)) return false;
  return code === undefined || (error as MixturaError).code === code;
}

/**
 * How a found value is shown in an error's sentence: short, and never a whole array.
 *
 * @example
 * ```ts run
 * show("full") // => '"full"'
 * show([1, [2, 3]]) // => "[1, [2, 3]]"
 * show([1, 2, 3, 4, 5]) // => "an array of 5"
 * show(new Float64Array(9)) // => "Float64Array(9)"
 * ```
 */
export function show(value: unknown): string {
  return shown(value, 0);
}

/** Two levels of arrays are shown, so that neither depth nor a loop in what was found matters. */
function shown(value: unknown, depth: number): string {
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}…` : value);
  if (typeof value === "bigint") return `${value}n`;
  if (value === null || typeof value !== "object") return typeof value === "function" ? "a function" : String(value);
  if (Array.isArray(value))
    return value.length > 4 || depth > 1 ? `an array of ${value.length}` : `[${value.map((item) => shown(item, depth + 1)).join(", ")}]`;
  if (ArrayBuffer.isView(value)) return `${value.constructor.name}(${(value as Float64Array).length ?? value.byteLength})`;
  const keys = Object.keys(value);
  return keys.length > 4 ? `an object with keys ${keys.slice(0, 4).join(", ")}, …` : `{ ${keys.join(", ")} }`;
}
