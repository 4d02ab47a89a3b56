/** Texts that stand for a missing value, in upper or lower case, besides the empty one. */
export const MISSING_TEXTS: readonly string[] = ["NA", "N/A", "#N/A", "NaN", "null", "?"];

/** Marks for a missing value that may also be names: they are taken for one only among numbers. */
const MISSING_MARKS: readonly string[] = [
  "-",
  "--",
  "---",
  "–",
  "—",
  ".",
  "..",
  "...",
  "*",
  "None",
  "n.a.",
  "n.d.",
  "nil",
  "missing",
  "unknown",
  "\\N",
  "<NA>",
  "(null)",
  "#DIV/0!",
  "#VALUE!",
  "#REF!",
  "#NUM!",
  "#NULL!",
  "#NAME?",
];

const missing = new Set(["", ...MISSING_TEXTS.map((text) => text.toLowerCase())]);
const marks = new Set(MISSING_MARKS.map((text) => text.toLowerCase()));
const longestMissing = 4;
const longestMark = 8;

/** Whether a text stands for a missing value. */
function isMissingText(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.length <= longestMissing && missing.has(trimmed.toLowerCase());
}

/** Whether a text stands for a missing value in a column of numbers. */
export function isMissingMark(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.length <= longestMark && marks.has(trimmed.toLowerCase());
}

/** The texts that stand for a missing value: the usual ones, and those that were given. */
export class MissingTexts {
  /** The numbers among those that were given, such as -999. */
  readonly numbers: readonly number[];
  readonly #given: ReadonlySet<string>;

  constructor(given: readonly string[] = []) {
    this.#given = new Set(given.map((text) => text.trim()));
    this.numbers = given.map((text) => (text.trim() === "" ? NaN : Number(text))).filter((value) => !Number.isNaN(value));
  }

  has(text: string): boolean {
    return isMissingText(text) || (this.#given.size > 0 && this.#given.has(text.trim())) || this.#isGivenNumber(text);
  }

  #isGivenNumber(text: string): boolean {
    return this.numbers.length > 0 && text.trim() !== "" && this.numbers.includes(Number(text));
  }
}
