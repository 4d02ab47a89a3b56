/** Columns as JSON objects, one per row and line. */
export async function* recordLines(
  tables: AsyncIterable<readonly (readonly [string, ArrayLike<string | number>])[]>,
): AsyncGenerator<string> {
  for await (const columns of tables) {
    const rows = columns[0]?.[1].length ?? 0;
    let piece = "";
    for (let row = 0; row < rows; row++)
      piece += `${JSON.stringify(Object.fromEntries(columns.map(([name, cells]) => [name, cells[row]])))}\n`;
    yield piece;
  }
}
