// Columns of dates are no measurements, and are called what they are (#17).
import { describe, expect, it } from "vitest";
import { readCSV, readJSON, readNDJSON } from "../src/index.ts";

const dates = [
  ["2024-01-31", "2024-02-01", "2024-02-02"],
  ["2024-01-31T08:30:00Z", "2024-01-31T08:30:01.5Z", "2024-01-31 08:30"],
  ["31.01.2024", "1.2.24", "02.02.2024 14:05"],
  ["1/31/2024 8:05 AM", "02/01/2024", "2/2/24"],
  ["31 Jan 2024", "1-Feb-2024", "Fri, 02 Feb 2024 10:00:00 GMT"],
  ["January 31, 2024", "Feb 1, 2024", "Mar 2 2024"],
];
const texts = [
  ["cat", "dog", "bird"],
  ["A-1", "A-2", "A-3"],
  ["10:30", "10:31", "10:32"],
  ["1.2.3", "1.2.4", "1.2.5.6"],
  ["192.168.0.1", "192.168.0.2", "192.168.0.3"],
];
const csv = (cells: readonly string[]): string => ["day,x", ...cells.map((cell, row) => `"${cell}",${row}`)].join("\n");
const events = (cells: readonly string[]): object[] => cells.map((day, x) => ({ day, x }));

describe("columns that are left out as dates", () => {
  it.each(dates)("%s and others, in every format", async (...cells) => {
    const tables = [
      await readCSV(csv(cells)),
      await readJSON(JSON.stringify(events(cells))),
      await readNDJSON(
        events(cells)
          .map((event) => JSON.stringify(event))
          .join("\n"),
      ),
    ];
    for (const { X, remarks } of tables) {
      expect(X.featureNames).toEqual(["x"]);
      expect(remarks).toMatchObject([{ code: "date-columns", columns: ["day"], message: 'column "day" holds dates and was left out.' }]);
    }
  });

  it.each(texts)("%s and others are text", async (...cells) => {
    expect((await readCSV(csv(cells))).remarks).toMatchObject([{ code: "text-columns", columns: ["day"] }]);
  });
});
