// What other packages of Mixtura use of this one: no promise to anyone else, so any release may change it.
export { csvBlockOptionDeclarations, csvOptionDeclarations } from "./csv/options.ts";
export { tableFormats } from "./format.ts";
export { isCalledId } from "./table/identifiers.ts";
export { LineReader } from "./ndjson/lines.ts";
export type { CSVCell } from "./table/columns.ts";
export { columnsOfRange } from "./table/layout.ts";
export { fieldAt } from "./table/paths.ts";
export { compactText, forEachField } from "./table/json-source.ts";
export type { LoadLibrary } from "./packed/library.ts";
export type { Packing } from "./packed/packing.ts";
export { packingOf } from "./packed/packing.ts";
export { startOfText } from "./packed/unpack.ts";
export type { KeptColumn } from "./table/rows.ts";
export { tableOptionDeclarations } from "./table/options.ts";
export { openText } from "./table/source.ts";
export type { EncodingChoice, TextForm } from "./text/to-utf8.ts";
