import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import { unpackedName } from "./packed/packing.ts";

/** The formats that tables are read from and written in. */
export type TableFormat = "csv" | "ndjson" | "json";

/** All formats, the default first. */
export const tableFormats: readonly TableFormat[] = Object.freeze(["csv", "ndjson", "json"]);

const EXTENSIONS: Readonly<Record<string, TableFormat>> = {
  csv: "csv",
  tsv: "csv",
  tab: "csv",
  txt: "csv",
  xlsx: "csv", // a workbook is read as a table of cells
  ndjson: "ndjson",
  jsonl: "ndjson",
  ldjson: "ndjson",
  json: "json",
};

/**
 * The format that a file's name stands for, compressed or not; nothing where it says nothing.
 *
 * @example
 * ```ts run
 * formatOfName("data/rows.jsonl") // => "ndjson"
 * formatOfName("rows.csv.gz") // => "csv"
 * formatOfName("rows") // => undefined
 * ```
 */
export function formatOfName(path: string): TableFormat | undefined {
  if (typeof path !== "string") return undefined;
  const extension = /\.([^./\\]+)$/.exec(unpackedName(path))?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : undefined;
}

const BRACE = 123;
const BRACKET = 91;

/**
 * The format that a text's first bytes look like, in UTF-8 or behind the mark of UTF-16: a brace that closes on the first line begins NDJSON, another brace or a bracket JSON.
 * Everything else is CSV.
 *
 * @example
 * ```ts run
 * const bytes = (text: string) => new TextEncoder().encode(text);
 * sniffFormat(bytes('{"a":1}\n{"a":2}\n')) // => "ndjson"
 * sniffFormat(bytes('[{"a":1},{"a":2}]')) // => "json"
 * sniffFormat(bytes("a,b\n1,2\n")) // => "csv"
 * ```
 */
export function sniffFormat(start: Uint8Array): TableFormat {
  if (!(start instanceof Uint8Array))
    throw new MixturaError("invalid-option", `sniffFormat: bytes are needed, found ${show(start)}.`, { option: "start", found: start });
  const text = withoutMark(start);
  const first = text.find((byte) => byte > 32);
  if (first === BRACKET) return "json";
  if (first !== BRACE) return "csv";
  const [line = ""] = new TextDecoder().decode(text).trimStart().split("\n", 1);
  return isObjectOfLists(line) ? "json" : line.trim() === "{" ? "json" : "ndjson";
}

/** The first bytes of a text behind its byte order mark; of UTF-16 one byte a character, which says as much about the format. */
function withoutMark(start: Uint8Array): Uint8Array {
  const [first, second, third] = start;
  if (first === 0xef && second === 0xbb && third === 0xbf) return start.subarray(3);
  if (first === 0xff && second === 0xfe) return start.filter((_, at) => at > 1 && at % 2 === 0);
  return first === 0xfe && second === 0xff ? start.filter((_, at) => at > 1 && at % 2 === 1) : start;
}

/** Columns by name on one line, rather than a row. */
function isObjectOfLists(line: string): boolean {
  return /^\{\s*"(?:[^"\\]|\\.)*"\s*:\s*\[/.test(line);
}
