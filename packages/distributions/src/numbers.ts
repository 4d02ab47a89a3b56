/** Whether all of them are numbers: what is none has no place in a comparison, which might throw or take it for some. */
export function areNumbers(a: unknown, b: unknown = 0, c: unknown = 0): boolean {
  return typeof a === "number" && typeof b === "number" && typeof c === "number";
}
