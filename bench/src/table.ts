const ABSENT = "–";

/** A Markdown table: the first columns to the left, numbers to the right, a dash for what is missing. */
export function table(heads: readonly string[], leftColumns: number, body: readonly (readonly (string | undefined)[])[]): string {
  const rule = heads.map((_, index) => (index < leftColumns ? "---" : "---:"));
  return [heads, rule, ...body].map((cells) => `| ${cells.map((cell) => cell ?? ABSENT).join(" | ")} |`).join("\n");
}

/** Every name once, in the order of first sight. */
export function uniqueInOrder(names: readonly string[]): string[] {
  return [...new Set(names)];
}

/** Three significant digits, without an exponent. */
export function digits(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
