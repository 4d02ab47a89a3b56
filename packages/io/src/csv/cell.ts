import { FIELD_DOUBLED } from "./scanner.ts";
import type { RecordScanner } from "./scanner.ts";

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
