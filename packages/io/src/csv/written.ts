// Numbers as people write them: "1,234.5", "€ 12", "20 %", "(3.20)", "1'000". Programs write plain ones, which never come here.

/** Signs that may stand between groups of three digits. */
const GROUPED = /^\d{1,3}([,.' ])\d{3}(?:\1\d{3})*(?:([.,])\d*)?$/;
const MARKED = /^(?=.*\d)\d*([.,])\d*$/;
const CURRENCY = "(?:[A-Z]{0,2}\\p{Sc}|USD|EUR|GBP|CHF|JPY|CNY|INR|CAD|AUD|SEK|NOK|DKK|PLN|BRL)";
const WRITTEN = new RegExp(`^([+-]?) ?(${CURRENCY})? ?([+-]?)(\\d[\\d., ']*|[.,]\\d+)(e[+-]?\\d+)? ?(${CURRENCY}|%)?$`, "u");

/** The parts of a number as it is written. */
export interface Written {
  readonly negative: boolean;
  /** Digits and the signs between them. */
  readonly digits: string;
  readonly exponent: string;
  /** The currency's sign or code. */
  readonly currency: string | undefined;
  readonly percent: boolean;
  /** The sign between groups of three, and how many groups it parts off. */
  readonly group: string | undefined;
  readonly groups: number;
  /** The decimal mark, where it can be nothing else. */
  readonly mark: "." | "," | undefined;
}

/** What a text is as a number; nothing where it is none. */
export function writtenNumber(text: string): Written | undefined {
  let plain = normalised(text);
  const inParentheses = plain.startsWith("(") && plain.endsWith(")"); // as accounts write what is negative
  if (inParentheses) plain = plain.slice(1, -1).trim();
  const parts = WRITTEN.exec(plain);
  if (parts === null) return undefined;
  const [, before, front, inner, body, exponent = "", behind] = parts;
  if (before !== "" && inner !== "") return undefined;
  const digits = body!.trim();
  const grouped = digits.startsWith("0") ? null : GROUPED.exec(digits);
  const marked = grouped === null ? MARKED.exec(digits) : null;
  if (grouped === null && marked === null && !/^\d+$/.test(digits)) return undefined;
  if (grouped !== null && grouped[1] === grouped[2]) return undefined;
  return {
    negative: inParentheses || before === "-" || inner === "-",
    digits,
    exponent,
    currency: front ?? (behind === "%" ? undefined : behind),
    percent: behind === "%",
    group: grouped?.[1],
    groups: grouped === null ? 0 : digits.split(grouped[1]!).length - 1,
    mark: (grouped?.[2] ?? marked?.[1]) as "." | "," | undefined,
  };
}

/** The value of a number whose groups are parted by `thousands` and whose decimal mark is `decimal`; NaN where it is written otherwise. */
export function valueOf(written: Written, decimal: "." | ",", thousands: string): number {
  const { digits, group, mark, negative, exponent } = written;
  let text = digits;
  if (group !== undefined) {
    const asDecimal = group === decimal && mark === undefined && written.groups === 1;
    if (group !== thousands && !asDecimal) return NaN;
    if (!asDecimal) text = text.replaceAll(group, "");
  }
  if (mark !== undefined && mark !== decimal) return NaN;
  const value = Number(text.replace(decimal, ".") + exponent);
  return negative ? -value : value;
}

/** Blanks of all kinds as one, a minus sign and an apostrophe as typed. */
function normalised(text: string): string {
  return text
    .replaceAll(/[\u00a0\u2007\u2009\u202f]/g, " ")
    .replaceAll("\u2212", "-")
    .replaceAll("\u2019", "'")
    .trim();
}

const TRUTH: Readonly<Record<string, number>> = { true: 1, false: 0, yes: 1, no: 0 };

/** 1 for true and yes, 0 for false and no, in upper or lower case; NaN for anything else. */
export function truthValue(text: string): number {
  const word = text.trim().toLowerCase();
  return Object.hasOwn(TRUTH, word) ? TRUTH[word]! : NaN;
}
