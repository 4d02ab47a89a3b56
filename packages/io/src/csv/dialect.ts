import { SAMPLE_BYTES } from "../table/sample.ts";
import { RecordScanner } from "./scanner.ts";

const SAMPLE_ROWS = 50;

/** In order of precedence: a comma also stands inside numbers, so it comes last. */
const CANDIDATES = ["\t", ";", "|", ","];

/**
 * The delimiter of a CSV text: the first of tab, `;`, `|` and `,` that cuts every sampled row into the same number of fields, more than one.
 * Where none does, the one that cuts the first row into the most fields. With a single column any does. It is never the decimal mark.
 *
 * @param whole whether `start` is all there is
 */
export function detectDelimiter(start: Uint8Array, whole: boolean, decimal: string): string {
  const sample = start.subarray(0, SAMPLE_BYTES);
  const candidates = CANDIDATES.filter((candidate) => candidate !== decimal);
  let best = { delimiter: candidates.at(-1)!, fields: 1 };
  for (const delimiter of candidates) {
    const widths = sampleWidths(sample, delimiter, whole && sample.length === start.length);
    const first = widths[0] ?? 1;
    if (first > 1 && widths.every((width) => width === first)) return delimiter;
    if (first > best.fields) best = { delimiter, fields: first };
  }
  return best.delimiter;
}

/** Numbers of fields in the first rows; none when the rows are broken under this delimiter. */
function sampleWidths(sample: Uint8Array, delimiter: string, whole: boolean): number[] {
  const scanner = new RecordScanner(delimiter.charCodeAt(0), "");
  const widths: number[] = [];
  scanner.push(sample);
  if (whole) scanner.end();
  try {
    while (widths.length < SAMPLE_ROWS && scanner.next()) widths.push(scanner.fields);
  } catch {
    return [];
  }
  return widths.length === 0 ? [scanner.fields + 1] : widths; // a first row longer than the sample
}
