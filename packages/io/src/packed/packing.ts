/** How the bytes of a text are packed: compressed, or in a workbook of Excel (or another ZIP file, which only its reader can tell). */
export type Packing = "gzip" | "zstd" | "workbook";

/** Bytes that a packing is recognised by. */
export const PACKING_BYTES = 4;

const MARKS: readonly (readonly [packing: Packing, bytes: readonly number[]])[] = [
  ["gzip", [0x1f, 0x8b, 0x08]],
  ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
  ["workbook", [0x50, 0x4b, 0x03, 0x04]],
];

/** The packing that the first bytes tell, not the name of a file; nothing for a text. */
export function packingOf(start: Uint8Array): Packing | undefined {
  return MARKS.find(([, mark]) => mark.every((byte, at) => byte === start[at]))?.[0];
}

/** The name of a file without the endings of packings that hold one text: `rows.ndjson.gz` is `rows.ndjson`. */
export function unpackedName(path: string): string {
  return path.replace(/\.(?:gz|gzip|zst|zstd)$/i, "");
}
