/** What a download is called, before its ending, after the file that the rows are from: words alone, and nothing that looks like a flag. */
export function downloadName(source = ""): string {
  const words = source
    .replace(/\.\w+$/, "")
    .replaceAll(/[^\p{L}\p{N}_]+/gu, "-")
    .replaceAll(/^-+|-+$/g, "");
  return words.slice(0, 100) || "mixtura";
}
