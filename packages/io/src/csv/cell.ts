import { parseNumber } from "./number.ts";
import { FIELD_DOUBLED, FIELD_PLAIN } from "./scanner.ts";
import type { RecordScanner } from "./scanner.ts";

/** Cells that stand for a missing value, in upper or lower case, besides the empty cell. */
export const MISSING_TEXTS: readonly string[] = ["NA", "N/A", "#N/A", "NaN", "null", "?"];

const missing = new Set(["", ...MISSING_TEXTS.map((text) => text.toLowerCase())]);
const longestMissing = 4;

// A byte order mark inside a cell is data.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The text of a field of the current record, without its quotes. */
export function cellText(record: RecordScanner, field: number): string {
  const { bytes } = record;
  const start = record.starts[field]!;
  const end = record.ends[field]!;
  if (record.forms[field] === FIELD_DOUBLED) return decoder.decode(bytes.subarray(start, end)).replaceAll('""', '"');
  if (end - start > 24) return decoder.decode(bytes.subarray(start, end));
  let text = ""; // for short ASCII cells a decoder's call costs more than the work
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte > 127) return decoder.decode(bytes.subarray(start, end));
    text += String.fromCharCode(byte);
  }
  return text;
}

/** A field as a number; NaN when it is none, ±Infinity when it is too large for a double. */
export function cellNumber(record: RecordScanner, field: number, decimal: number): number {
  return parseNumber(record.bytes, record.starts[field]!, record.ends[field]!, decimal);
}

/** Whether a field is empty or one of {@link MISSING_TEXTS}. */
export function isMissing(record: RecordScanner, field: number): boolean {
  if (record.ends[field]! - record.starts[field]! > 64) return false;
  const text = cellText(record, field).trim();
  return text.length <= longestMissing && missing.has(text.toLowerCase());
}

/** The names in a header row: without the spaces around them, unless these are quoted. */
export function headerTexts(record: RecordScanner): string[] {
  return Array.from({ length: record.fields }, (_, field) => {
    const text = cellText(record, field);
    return record.forms[field] === FIELD_PLAIN ? text.trim() : text;
  });
}
