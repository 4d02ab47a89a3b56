/**
 * Names one after the other, for a label, a cell or a bracket: the first ones, then how many more there are.
 *
 * @param most names that are written out; one more is written out rather than counted. Default 8
 * @example
 * ```ts run
 * listed(["a", "b", "c"]) // => "a, b, c"
 * listed(["a", "b", "c", "d"], 2) // => "a, b and 2 more"
 * ```
 */
export function listed(names: readonly string[], most = 8): string {
  const { shown, rest } = cut(names, most);
  return rest === 0 ? shown.join(", ") : `${shown.join(", ")} and ${rest} more`;
}

/**
 * Names as part of a sentence.
 *
 * @param word stands before the last name. Default "and"
 * @param most as of {@link listed}. Default: all
 * @example
 * ```ts run
 * inSentence(["a", "b", "c"]) // => "a, b and c"
 * inSentence(["a", "b"], "or") // => "a or b"
 * ```
 */
export function inSentence(names: readonly string[], word: "and" | "or" = "and", most = Infinity): string {
  const { shown, rest } = cut(names, most);
  const parts = rest === 0 ? shown : [...shown, `${rest} more`];
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} ${word} ${parts.at(-1)!}`;
}

function cut(names: readonly string[], most: number): { readonly shown: readonly string[]; readonly rest: number } {
  const shown = names.length <= most + 1 ? names : names.slice(0, most);
  return { shown, rest: names.length - shown.length };
}
