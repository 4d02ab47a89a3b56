/**
 * The error of an argument that nothing can be computed from. It carries the brand and the code by which `isMixturaError` knows the errors of all
 * packages; this one depends on none.
 */
export function invalidOption(option: string, message: string, found: unknown): Error {
  return Object.assign(new RangeError(message), {
    name: "MixturaError",
    code: "invalid-option",
    detail: { option, found },
    [Symbol.for("mixtura.error")]: true,
  });
}
