const CLOCK = String.raw`(?:[T ,]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[ap]m)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?`;
const MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";

const DATES: readonly RegExp[] = [
  String.raw`\d{4}[-/.]\d{1,2}[-/.]\d{1,2}`,
  String.raw`\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})`,
  String.raw`(?:[a-z]{3,9},?\s+)?\d{1,2}[-/. ]+${MONTH}[-/., ]+(?:\d{4}|\d{2})`,
  String.raw`(?:[a-z]{3,9},?\s+)?${MONTH}\.?\s+\d{1,2},?\s+\d{4}`,
].map((date) => new RegExp(String.raw`^\s*${date}${CLOCK}\s*$`, "i"));

/** Whether a text is a date, with a time of day or without. */
export function isDateText(text: string): boolean {
  return text.length <= 40 && DATES.some((date) => date.test(text));
}
