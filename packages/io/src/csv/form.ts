import { isDateText } from "../table/dates.ts";
import type { MissingTexts } from "../table/missing.ts";
import { isMissingMark } from "../table/missing.ts";
import type { Written } from "./written.ts";
import { truthValue, valueOf, writtenNumber } from "./written.ts";

const PLAIN = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;
const GROUPED_ONCE = /^\s*[+-]?[1-9]\d{0,2}\.\d{3}\s*$/;

/** What is given about how numbers are written. */
export interface FormOptions {
  readonly decimal: "." | "," | "auto";
  readonly thousands: string;
}

const NONE_READ: ReadonlyMap<Reading, string> = new Map();
const NO_MARKS: ReadonlySet<string> = new Set();

/** What is worth a word about how cells were read. */
export type Reading = "ambiguous" | "written" | "hundredths" | "truth";

/** How the numbers of a column are written. What is not known of it from the first rows is learned from the rows that follow. */
export class ColumnForm {
  decimal: "." | ",";
  /** The sign between groups of three digits; empty where there is none. */
  thousands: string;
  /** Whether all cells are in per cent, so that the number written is kept. */
  readonly percentKept: boolean;
  /** Whether true, false, yes and no are numbers here. */
  readonly truth: boolean;
  /** The signs and codes of currencies among the first rows: numbers of two are not to be compared. */
  readonly currencies: readonly string[];
  /** What the first rows hold. */
  readonly numbers: number;
  readonly texts: number;
  readonly missing: number;
  /** Whether most texts among the first rows are dates. */
  readonly dates: boolean;
  /** For each kind of reading the first cell that was read so, as it is written. */
  examples: ReadonlyMap<Reading, string> = NONE_READ;
  /** Marks that were taken for a missing value. */
  marks: ReadonlySet<string> = NO_MARKS;

  readonly #missing: MissingTexts;
  /** Whether the decimal mark is given or proved. */
  #sure: boolean;
  readonly #thousandsGiven: boolean;

  /** @param cells the column in the first rows */
  constructor(cells: readonly string[], options: FormOptions, missing: MissingTexts) {
    this.#missing = missing;
    this.#thousandsGiven = options.thousands !== "auto";
    const seen = sorted(cells, missing);
    const signs = decided(options, evidence(seen));
    this.decimal = signs.decimal;
    this.thousands = signs.thousands;
    this.#sure = signs.sure;
    const { plain, written, truths } = seen;
    this.currencies = [...new Set(written.flatMap(({ number: { currency } }) => currency ?? []))];
    // Next to another word, yes and no are answers among several.
    this.truth = truths > 0 && seen.texts === 0 && truths >= plain.length + written.length;
    this.percentKept = plain.length === 0 && written.length > 0 && written.every(({ number }) => number.percent);
    const read = written.filter(({ text }) => !Number.isNaN(this.value(text))).length;
    this.numbers = plain.length + read + (this.truth ? truths : 0);
    this.texts = seen.texts + written.length - read + (this.truth ? 0 : truths);
    this.missing = cells.length - this.numbers - this.texts;
    this.dates = this.texts > this.numbers && 2 * cells.filter(isDateText).length > this.texts;
  }

  /** Whether a cell stands for a missing value, also in a column of text. */
  isMissing(text: string): boolean {
    return this.#missing.has(text);
  }

  /** Whether a cell stands for a missing value, if the column holds numbers. */
  isMissingNumber(text: string): boolean {
    if (this.isMissing(text)) return true;
    if (!isMissingMark(text)) return false;
    if (!this.marks.has(text.trim())) this.marks = new Set([...this.marks, text.trim()]);
    return true;
  }

  /** A cell that is no plain number as a number; NaN where it is none. */
  value(text: string): number {
    if (this.truth) {
      const truth = truthValue(text);
      if (!Number.isNaN(truth)) return this.#noted("truth", text, truth);
    }
    const written = writtenNumber(text);
    if (written === undefined || this.isMissing(text)) return NaN;
    if (!this.#sure) this.#learn(written);
    if (this.thousands === "" && !this.#thousandsGiven && written.group !== undefined && written.group !== this.decimal)
      this.thousands = written.group;
    const value = valueOf(written, this.decimal, this.thousands);
    if (Number.isNaN(value)) return NaN;
    if (isDoubtful(written) && !this.#sure) this.#noted("ambiguous", text, value);
    else if (written.group !== undefined || written.currency !== undefined) this.#noted("written", text, value);
    if (this.percentKept) return written.percent || value === 0 ? value : NaN;
    return written.percent ? this.#noted("hundredths", text, value / 100) : value;
  }

  /** Takes the decimal mark from the first cell that says something about it. */
  #learn(written: Written): void {
    if (this.examples.has("ambiguous")) return; // numbers were read with the mark that there is
    if (isProof(written)) {
      this.#sure = true;
      this.decimal = written.mark ?? (written.group === "." ? "," : ".");
    } else if (isDoubtful(written)) this.decimal = ",";
  }

  #noted(reading: Reading, text: string, value: number): number {
    if (!this.examples.has(reading)) this.examples = new Map([...this.examples, [reading, text.trim()]]);
    return value;
  }
}

/** The cells of a column by what they are. */
interface Sorted {
  readonly plain: readonly string[];
  readonly written: readonly { readonly text: string; readonly number: Written }[];
  readonly truths: number;
  readonly texts: number;
}

function sorted(cells: readonly string[], missing: MissingTexts): Sorted {
  const plain: string[] = [];
  const written: { text: string; number: Written }[] = [];
  let truths = 0;
  let texts = 0;
  for (const text of cells) {
    if (PLAIN.test(text)) {
      if (missing.numbers.length === 0 || !missing.has(text)) plain.push(text);
    } else if (missing.has(text)) continue;
    else if (!Number.isNaN(truthValue(text))) truths++;
    else {
      const number = writtenNumber(text);
      if (number !== undefined) written.push({ text, number });
      else if (isInfinite(text)) plain.push(text);
      else if (!isMissingMark(text)) texts++;
    }
  }
  return { plain, written, truths, texts };
}

/** Whether a text stands for a number without bounds, which is no value of a feature. */
function isInfinite(text: string): boolean {
  return /^\s*[+-]?inf(?:inity)?\s*$/i.test(text);
}

/** Signs that can be nothing else. */
interface Evidence {
  readonly groups: ReadonlySet<string>;
  readonly marks: ReadonlySet<string>;
  /** Whether there are numbers such as `1.234` and `1,234`, which may be either. */
  readonly pointOnce: boolean;
  readonly commaOnce: boolean;
}

function evidence({ plain, written }: Sorted): Evidence {
  const groups = new Set<string>();
  const marks = new Set<string>();
  for (const { number } of written) {
    if (isProof(number) && number.group !== undefined) groups.add(number.group);
    if (number.mark !== undefined) marks.add(number.mark);
  }
  if (plain.some((text) => text.includes(".") && !GROUPED_ONCE.test(text))) marks.add(".");
  return {
    groups,
    marks,
    pointOnce: (!marks.has(".") && plain.some((text) => GROUPED_ONCE.test(text))) || written.some(({ number: { group } }) => group === "."),
    commaOnce: written.some(({ number: { group } }) => group === ","),
  };
}

/** The signs of a column: what is given, what a cell proves, and a decimal mark where digits are grouped once. */
function decided(
  { decimal, thousands }: FormOptions,
  { groups, marks, pointOnce, commaOnce }: Evidence,
): { decimal: "." | ","; thousands: string; sure: boolean } {
  const given = thousands === "none" ? "" : thousands;
  const proof =
    groups.has(",") || given === "," ? "." : groups.has(".") || given === "." ? "," : marks.size === 1 ? [...marks][0] : undefined;
  const mark = decimal === "auto" ? (proof as "." | "," | undefined) : decimal;
  const settled = mark ?? (commaOnce && !pointOnce ? "," : ".");
  if (thousands !== "auto") return { decimal: settled, thousands: given, sure: mark !== undefined };
  const other = settled === "." ? "," : ".";
  const grouped = [...groups].find((sign) => sign !== settled) ?? ((other === "," ? commaOnce : pointOnce) ? other : "");
  return { decimal: settled, thousands: grouped, sure: mark !== undefined };
}

/** Whether a number shows which of its signs groups digits and which is the decimal mark. */
function isProof({ group, groups, mark }: Written): boolean {
  return mark !== undefined || groups > 1 || group === " " || group === "'";
}

/** `1,234`: three digits behind one comma. */
function isDoubtful({ group, groups, mark }: Written): boolean {
  return group === "," && groups === 1 && mark === undefined;
}
