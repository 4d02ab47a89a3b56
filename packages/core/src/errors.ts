/**
 * What each error code reports besides its sentence. Callers branch on the code and read the detail, never the text.
 */
export interface ErrorDetails {
  /** An option has a value that its declaration does not allow, or that does not fit the data. The sentence says what is allowed. */
  "invalid-option": { readonly option: string; readonly found: unknown };
  /** There is no option of this name; the nearest one is suggested. */
  "unknown-option": { readonly option: string; readonly known: readonly string[]; readonly suggestion?: string };
  /** Rows, columns or lengths do not fit together: ragged rows, a wrong number of features, parameters of another size. */
  "invalid-shape": { readonly expected: string; readonly found: string };
  /** A value is NaN, infinite, missing or no number. Row and column say where. */
  "not-finite": { readonly row: number; readonly column: number; readonly feature?: string; readonly found: unknown };
  /** There are fewer rows than the call needs. */
  "too-few-rows": { readonly rows: number; readonly needed: number };
  /** There are more features than the matrices of features × features that a model has could be held for. All in bytes but the first. */
  "too-many-features": { readonly features: number; readonly bytes: number; readonly limit: number };
  /** The data has other features than the model was fitted on, by number or by name. */
  "feature-mismatch": { readonly expected: readonly string[] | number; readonly found: readonly string[] | number };
  /** A sample weight is negative or not finite, or all of them are 0. */
  "invalid-weight": { readonly row?: number; readonly found: unknown };
  /** What was given as labels is no list of them: a table, null, a promise, or values of several types. The row is absent where it is the whole. */
  "invalid-labels": { readonly row?: number; readonly found: unknown };
  /** A matrix that was given as a covariance or precision cannot be one. */
  "not-positive-definite": { readonly option: string; readonly component?: number; readonly pivot: number };
  /** A selection has no winner: every candidate failed or is degenerate. All of them are in the detail. */
  "no-sound-candidate": { readonly candidates: readonly object[] };
  /** A model file is damaged, or no model. The path says which field. */
  "invalid-model": { readonly path: string; readonly expected: string };
  /** No plugin at hand reads a model of this type. */
  "unknown-model-type": { readonly type: string; readonly known: readonly string[] };
  /** A model file or a plugin is of a version that this release does not know. */
  "unsupported-version": { readonly found: unknown; readonly supported: number };
  /** The call was aborted by its signal. `done`: what was finished by then, where a call can go on from there. */
  aborted: { readonly reason?: unknown; readonly done?: unknown };
  /** This combination is not offered, and the sentence says what is. */
  "not-supported": { readonly feature: string };
  /** A compute backend cannot be used here: its library, device or memory is missing. */
  "backend-unavailable": { readonly backend: string };
  /** The device that held data is gone, or the data was released. */
  "device-lost": { readonly backend: string };
  /** A file or stream could not be read as a table. Row and column say where. */
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
 * const error = new MixturaError("too-few-rows", "2 rows, 3 needed", {
 *   rows: 2,
 *   needed: 3,
 * });
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
 * How a found value is shown in an error's sentence: short, never a whole array, and for every value there is, whatever its methods do.
 *
 * @example
 * ```ts run
 * show("full") // => '"full"'
 * show([1, [2, 3]]) // => "[1, [2, 3]]"
 * show([1, 2, 3, 4, 5]) // => "an array of 5"
 * show(new Float64Array(9)) // => "Float64Array(9)"
 * show(Object.create(null)) // => "{  }"
 * ```
 */
export function show(value: unknown): string {
  try {
    return shown(value, 0);
  } catch {
    return "an object that cannot be read"; // a revoked proxy, a detached view
  }
}

/** Two levels of arrays are shown, so that neither depth nor a loop in what was found matters. */
function shown(value: unknown, depth: number): string {
  if (typeof value === "string") return JSON.stringify(shortened(value));
  if (typeof value === "bigint") return `${shortened(String(value))}n`;
  if (typeof value === "symbol") return shortened(String(value));
  if (value === null || typeof value !== "object") return typeof value === "function" ? "a function" : String(value);
  if (Array.isArray(value))
    return value.length > 4 || depth > 1 ? `an array of ${value.length}` : `[${value.map((item) => shown(item, depth + 1)).join(", ")}]`;
  if (ArrayBuffer.isView(value)) {
    const kind = Object.prototype.toString.call(value).slice("[object ".length, -1);
    return `${kind}(${(value as Float64Array).length ?? value.byteLength})`;
  }
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "an invalid date" : value.toISOString();
  const keys = Object.keys(value).map(shortened);
  return keys.length > 4 ? `an object with keys ${keys.slice(0, 4).join(", ")}, …` : `{ ${keys.join(", ")} }`;
}

/**
 * Names in an error's sentence, as many as anybody reads.
 *
 * @example
 * ```ts run
 * listed(["a", "b"]) // => "a, b"
 * ```
 */
export function listed(names: readonly string[]): string {
  const some = names.slice(0, MOST_LISTED).map(shortened).join(", ");
  return names.length > MOST_LISTED ? `${some}, … (${names.length} in all)` : some;
}

const MOST_LISTED = 20;

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
