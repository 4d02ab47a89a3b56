import { describe, expect, it } from "vitest";
import {
  characterCount,
  counted,
  criterionText,
  decimalsFor,
  duration,
  fileSize,
  fixed,
  grouped,
  inSentence,
  listed,
  logDensityText,
  percent,
  plural,
  shortened,
  significant,
  wrap,
} from "../src/internal.ts";

describe("per cents", () => {
  it.each([
    [0, "0%"],
    [1, "100%"],
    [0.1, "10%"],
    [0.355_9, "36%"],
    [0.5, "50%"],
    [0.091_2, "9.1%"],
    [0.001, "0.1%"],
    [0.000_123, "0.012%"],
    [0.975, "97.5%"],
    [0.999, "99.9%"],
    [0.9975, "99.75%"],
    [0.999_99, "99.999%"],
    [2.5, "250%"],
    [-0.25, "-25%"],
  ])("write %d as %s", (fraction, text) => {
    expect(percent(fraction)).toBe(text);
  });

  it("never write something as nothing, nor a part as the whole", () => {
    const near = Array.from({ length: 300 }, (_, power) => 2 ** -(power + 1));

    for (const fraction of near) {
      expect(percent(fraction)).not.toBe("0%");
      if (fraction > 2 ** -53) expect(percent(1 - fraction)).not.toBe("100%");
    }
    expect(percent(1e-300)).toBe("<0.0001%");
    expect(percent(1 - 1e-9)).toBe(">99.9999%");
  });

  it("call a millionth a millionth, and less than that less", () => {
    expect([1e-6, 0.99e-6].map((fraction) => percent(fraction))).toEqual(["0.0001%", "<0.0001%"]);
    expect([1 - 1.01e-6, 1 - 0.99e-6].map((fraction) => percent(fraction))).toEqual(["99.9999%", ">99.9999%"]);
  });

  it("have as many digits as were asked for", () => {
    expect([1, 2, 3, 4, 6].map((digits) => percent(0.123_456_7, digits))).toEqual(["12%", "12%", "12.3%", "12.35%", "12.3457%"]);
    expect(percent(0.987_654, 4)).toBe("98.765%"); // four digits of the 0.012346 that are missing
  });
});

describe("numbers", () => {
  it.each([
    [0, "0"],
    [1234.5678, "1234.57"],
    [-0.000_123_456_78, "-0.000123457"],
    [1e9, "1e+9"],
    [1.5e-6, "1.5e-6"],
    [Number.MAX_VALUE, "1.79769e+308"],
    [-Number.MAX_VALUE, "-1.79769e+308"],
    [5e-324, "5e-324"],
    [Infinity, "∞"],
    [-Infinity, "−∞"],
    [NaN, "not a number"],
  ])("%d has the significant digits of %s", (value, text) => {
    expect(significant(value)).toBe(text);
  });

  it.each([4, 6, 10])("the largest doubles, which rounding takes beyond the doubles, are none the less numbers: %d digits", (digits) => {
    expect(significant(-Number.MAX_VALUE, digits)).toMatch(/^-1\.79\d+e\+308$|^-1\.798e\+308$/);
  });

  it("from 1e21 on a number has an exponent, however many decimals are asked for", () => {
    expect(fixed(1e308, 2)).toBe("1.000e+308");
    expect(fixed(-9.999999999999999e159, 1)).toBe("-1.000e+160");
    expect(fixed(123_456_789_012, 1)).toBe("123456789012.0");
  });

  it("a value and its spread are written with the decimals of the spread", () => {
    const text = (value: number, spread: number): string => `${fixed(value, decimalsFor(spread))} ± ${fixed(spread, decimalsFor(spread))}`;

    expect(text(41.234, 2.51)).toBe("41.2 ± 2.5");
    expect(text(41.234, 0.0123)).toBe("41.234 ± 0.012");
    expect(text(123_456, 1234)).toBe("123456 ± 1234");
    expect(text(2, 0)).toBe("2.00 ± 0.00");
    expect(text(2e-9, 1e-9)).toBe("2.000e-9 ± 1.000e-9");
    expect(text(2e12, 1e12)).toBe("2.000e+12 ± 1.000e+12");
    expect(fixed(1, decimalsFor(1e-9, 20))).toBe("1.0000000000");
  });

  it("a spread has an exponent from a milliard on, and below what the decimals can show", () => {
    expect([9.9e8, 1e9].map((spread) => decimalsFor(spread))).toEqual([0, -1]);
    expect([1e-6, 9.9e-7].map((spread) => decimalsFor(spread))).toEqual([7, -1]);
  });

  it("nothing is written as minus nothing", () => {
    expect(fixed(-0.004, 2)).toBe("0.00");
    expect(fixed(-0.4, 0)).toBe("0");
    expect(fixed(-0.006, 2)).toBe("-0.01");
  });

  it.each([
    [0.4, "under 1 ms"],
    [1, "1 ms"],
    [350.4, "350 ms"],
    [999.4, "999 ms"],
    [999.5, "1.0 s"], // not "1000 ms"
    [999.6, "1.0 s"],
    [61_250, "61.3 s"],
  ])("%d milliseconds last %s", (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });

  it.each([
    [1, "1 byte"],
    [999, "999 bytes"],
    [1234, "1.2 kB"],
    [3_400_000, "3.4 MB"],
  ])("%d bytes are %s", (bytes, text) => {
    expect(fileSize(bytes)).toBe(text);
  });
});

describe("counts", () => {
  it.each([
    [0, "0 rows"],
    [1, "1 row"],
    [999, "999 rows"],
    [1000, "1,000 rows"],
    [1_234_567, "1,234,567 rows"],
  ])("%d", (count, text) => {
    expect(counted(count, "row")).toBe(text);
  });

  it("take plurals that are given", () => {
    expect(counted(2, "anomaly", "anomalies")).toBe("2 anomalies");
    expect([0, 1, 2].map((count) => plural(count, "was", "were"))).toEqual(["were", "was", "were"]);
  });

  it("leave decimals alone", () => {
    expect([1234.5, 0.0001, -12_345.678_9].map(grouped)).toEqual(["1,234.5", "0.0001", "-12,345.6789"]);
  });
});

describe("lists", () => {
  const names = ["a", "b", "c", "d"];

  it("are commas in labels, and words in sentences", () => {
    expect([0, 1, 2, 3].map((count) => listed(names.slice(0, count)))).toEqual(["", "a", "a, b", "a, b, c"]);
    expect([0, 1, 2, 3].map((count) => inSentence(names.slice(0, count)))).toEqual(["", "a", "a and b", "a, b and c"]);
    expect(inSentence(names, "or")).toBe("a, b, c or d");
  });

  it("count what is too much, but never a single name", () => {
    expect([1, 2, 3, 4].map((most) => listed(names, most))).toEqual(["a and 3 more", "a, b and 2 more", "a, b, c, d", "a, b, c, d"]);
    expect(inSentence(names, "and", 2)).toBe("a, b and 2 more");
    expect(inSentence(names, "and", 3)).toBe("a, b, c and d");
  });
});

describe("lines", () => {
  it("keep a mean and its deviation together", () => {
    expect(wrap("length 41.8 ± 2.2, depth 18.3 ± 1.0", 14)).toEqual(["length", "41.8 ± 2.2,", "depth", "18.3 ± 1.0"]);
  });

  it("are indented as asked, and hold at least one word", () => {
    expect(wrap("one two three", 8, { first: "- ", rest: "  " })).toEqual(["- one", "  two", "  three"]);
    expect(wrap("incomprehensibilities are long", 5)).toEqual(["incomprehensibilities", "are", "long"]);
    expect(wrap("", 5)).toEqual([""]);
  });

  it("are measured in other units where these are given", () => {
    const wide = (text: string): number => 10 * text.length;

    expect(wrap("aa bb cc", 50, { measure: wide })).toEqual(["aa bb", "cc"]);
  });

  it("count what a reader takes for a character", () => {
    expect(["plain", "é", "👩‍👩‍👧", "±", ""].map(characterCount)).toEqual([5, 1, 1, 1, 0]);
    expect(shortened("e\u0301te\u0301 and more", 4)).toBe("e\u0301te\u0301…");
    expect(shortened("short", 5)).toBe("short");
  });
});

it("writes criteria and log-densities one way everywhere (#17)", () => {
  expect([-1234.567, 0, 3e9, -Infinity].map(criterionText)).toEqual(["-1234.6", "0.0", "3e+9", "−∞"]);
  expect([-12.345, -0.001, -Infinity, NaN].map(logDensityText)).toEqual(["-12.35", "0.00", "−∞", "not a number"]);
});
