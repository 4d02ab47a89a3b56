import { describe, expect, it } from "vitest";
import { pointReader, show } from "../src/authoring.ts";
import { toMatrix } from "../src/index.ts";
import { checkContext } from "../src/internal.ts";

const read = (records: Parameters<typeof toMatrix>[0], numericStrings?: boolean): number[] => [
  ...toMatrix(records, { caller: "fit", numericStrings }).data,
];

describe("records as databases and programs give them (#17)", () => {
  it("booleans are 0 and 1, bigints within ±2^53 numbers", () => {
    expect(
      read([
        { a: true, b: 7n, c: 0.5 },
        { a: false, b: -(2n ** 53n), c: 1 },
      ]),
    ).toEqual([1, 7, 0.5, 0, -(2 ** 53), 1]);
  });

  it("a bigint that no number holds is refused", () => {
    expect(() => read([{ id: 2n ** 53n + 1n }])).toThrow('fit: row 0, column "id" is 9007199254740993, an integer beyond 2^53');
  });

  it.each([["12.50"], ["-3"], [" 7 "], ["1e-3"], [".5"], ["4."]])(
    "decimal text %j is read where that is asked for, and else the option is named",
    (text) => {
      expect(read([{ a: text }], true)).toEqual([Number(text)]);
      expect(() => read([{ a: text }])).toThrow(
        /row 0, column "a" is not a number \(found ".*"\)\. Pass numericStrings: true to read such texts as numbers\.$/,
      );
    },
  );

  it.each([[""], ["0x10"], ["1,5"], ["twelve"], ["Infinity"], ["NaN"]])("text %j is no decimal number", (text) => {
    expect(() => read([{ a: text }], true)).toThrow(
      `column "a" is not a number (found ${JSON.stringify(text)}). Remove or convert the cell.`,
    );
  });

  it("a date is shown as a date", () => {
    const day = new Date(Date.UTC(2026, 10, 30));

    expect(() => read([{ a: day }])).toThrow(
      'column "a" is not a number (found 2026-11-30T00:00:00.000Z). Pass what matters of it as a number',
    );
    expect(show([day, new Date(NaN)])).toBe("[2026-11-30T00:00:00.000Z, an invalid date]");
  });

  it("null and undefined stay missing", () => {
    expect(() => read([{ a: null }])).toThrow("is not a number (found null)");
    expect(() => read([{ a: undefined }])).toThrow("is not a number (found undefined)");
  });

  it("for a model without names only those of one field are read", () => {
    const model = (count: number): Parameters<typeof toMatrix>[1] => ({ caller: "m.predict", features: { count } });

    expect([...toMatrix([{ y: 3 }, { y: 4 }], model(1)).data]).toEqual([3, 4]);
    expect(() => toMatrix([{ y: 0, x: 8 }], model(2))).toThrow(
      "m.predict: the model knows its 2 features by their order alone, and records have names: y, x. Pass rows as lists in the order of the fit, or fit on records.",
    );
  });

  it("contexts say how", () => {
    expect(() => checkContext({ numericStrings: "yes" }, "m.predict")).toThrow(
      'm.predict: "numericStrings" must be true or false, found "yes".',
    );
    expect(() => checkContext({ badRows: "drop" }, "m.predict")).toThrow('m.predict: "badRows" must be "error" or "report", found "drop".');
  });
});

describe("points by name (#17)", () => {
  const names = ["height", "mass"];

  it.each<[what: string, point: object]>([
    ["in another order", { mass: 62, height: 1.7 }],
    ["among other fields", { id: "u", height: 1.7, when: new Date(0), mass: 62n }],
    ["a list", [1.7, 62]],
    ["a typed array", Float64Array.of(1.7, 62)],
    ["what is like a list", { length: 2, 0: 1.7, 1: 62 }],
  ])("%s", (_, point) => {
    expect(Array.from(pointReader(2, names)(point as never))).toEqual([1.7, 62]);
  });

  it("a feature called length", () => {
    expect([...(pointReader(2, ["length", "width"])({ width: 3, length: 2 }) as Float64Array)]).toEqual([2, 3]);
  });

  it("what is not there, or no number, is named", () => {
    const read = pointReader(2, names);

    expect(() => read({ height: 1 })).toThrow('point: there is no field "mass". Expected the fields height, mass; found height.');
    expect(() => read({ height: 1, mass: null })).toThrow('point: feature "mass" is null. Points must be finite numbers.');
    expect(() => read({ height: 1, mass: "62" } as never)).toThrow('feature "mass" is "62"');
    expect(() => read({ height: 1, mass: 2n ** 60n + 1n })).toThrow('feature "mass" is 1152921504606846977n');
    expect(() => read([1])).toThrow("point: 2 numbers expected, found 1.");
    expect(() => pointReader(2)({ height: 1, mass: 2 })).toThrow("point: 2 numbers expected, found { height, mass }.");
  });

  it("writes to one array, call after call", () => {
    const read = pointReader(2, names);

    expect(read({ height: 1, mass: 2 })).toBe(read({ height: 3, mass: 4 }));
  });
});
