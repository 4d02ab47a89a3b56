import { describe, expect, it } from "vitest";
import { axisTicks, linearAxis } from "../src/axis/axis.ts";
import { shortNumber, tickTexts } from "../src/axis/tick-text.ts";

describe("numbers for people", () => {
  it.each([
    [[0, 0.5, 1], 1, ["0.0", "0.5", "1.0"], ""],
    [[-2, 0, 2], 1, ["−2", "0", "2"], ""],
    [[10_000, 20_000], 1, ["10,000", "20,000"], ""],
    [[1e6, 2e6], 1, ["1", "2"], "×10⁶"],
    [[0.00001, 0.00002], 1, ["10", "20"], "×10⁻⁶"],
    [[1, 2], 1e300, ["1", "2"], "×10³⁰⁰"],
    [[100_000_001, 100_000_002], 1, ["1", "2"], "+ 100,000,000"],
    [[0], 1, ["0"], ""],
    [[], 1, [], ""],
  ])("ticks at %j times %d read %j %s", (values, scale, texts, note) => {
    expect(tickTexts(values, scale)).toEqual({ texts, note });
  });

  it.each([
    [0, "0"],
    [0.35412, "0.354"],
    [-54.47, "−54.5"],
    [1234.5, "1235"],
    [123_456, "123,456"],
    [4.56e-7, "4.56×10⁻⁷"],
    [-1e9, "−1.00×10⁹"],
  ])("%d is written as %s", (value, text) => {
    expect(shortNumber(value)).toBe(text);
  });

  it("texts of ticks say where they are: text × power + offset is the value", () => {
    const axis = linearAxis({ low: 1e8 + 3, high: 1e8 + 17 }, 0, 100);
    const { ticks, note } = axisTicks(axis, 5);
    const offset = Number(note.replaceAll(/[+ ,]/g, ""));
    // Ticks are printed exactly; positions are rounded once in the axis' slope.
    for (const { at, text } of ticks) expect(Math.abs(axis.position(Number(text) + offset) - at)).toBeLessThan(1e-6);
  });
});
