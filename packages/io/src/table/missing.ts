/** Texts that stand for a missing value, in upper or lower case, besides the empty one. */
export const MISSING_TEXTS: readonly string[] = ["NA", "N/A", "#N/A", "NaN", "null", "?"];

const missing = new Set(["", ...MISSING_TEXTS.map((text) => text.toLowerCase())]);
const longestMissing = 4;

/** Whether a text stands for a missing value. */
export function isMissingText(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.length <= longestMissing && missing.has(trimmed.toLowerCase());
}
