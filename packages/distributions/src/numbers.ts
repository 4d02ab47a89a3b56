/** Whether all of them are numbers: what is none has no place in a comparison, which might throw or take it for some. */
export function areNumbers(...values: readonly unknown[]): boolean {
  for (let i = 0; i < values.length; i++) if (typeof values[i] !== "number") return false;
  return true;
}
