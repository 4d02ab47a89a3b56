/** The formats that tables are read from and written in. */
export type TableFormat = "csv" | "ndjson" | "json";

/** All formats, the default first. */
export const tableFormats: readonly TableFormat[] = Object.freeze(["csv", "ndjson", "json"]);

const EXTENSIONS: Readonly<Record<string, TableFormat>> = {
  csv: "csv",
  tsv: "csv",
  tab: "csv",
  txt: "csv",
  ndjson: "ndjson",
  jsonl: "ndjson",
  ldjson: "ndjson",
  json: "json",
};

/**
 * The format that a file's name stands for; nothing where it says nothing.
 *
 * @example
 * ```ts run
 * formatOfName("data/rows.jsonl") // => "ndjson"
 * formatOfName("rows") // => undefined
 * ```
 */
export function formatOfName(path: string): TableFormat | undefined {
  const extension = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : undefined;
}

const BRACE = 123;
const BRACKET = 91;

/**
 * The format that a text's first bytes look like: a brace that closes on the first line begins NDJSON, another brace or a bracket JSON.
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
  const text = start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf ? start.subarray(3) : start;
  const first = text.find((byte) => byte > 32);
  if (first === BRACKET) return "json";
  if (first !== BRACE) return "csv";
  const [line = ""] = new TextDecoder().decode(text).trimStart().split("\n", 1);
  return isObjectOfLists(line) ? "json" : line.trim() === "{" ? "json" : "ndjson";
}

/** Columns by name on one line, rather than a row. */
function isObjectOfLists(line: string): boolean {
  return /^\{\s*"(?:[^"\\]|\\.)*"\s*:\s*\[/.test(line);
}
