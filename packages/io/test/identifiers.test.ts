import { describe, expect, it } from "vitest";
import { readCSV, readNDJSON } from "../src/index.ts";
import { isCalledId } from "../src/internal.ts";

const named = async (text: string, options = {}): Promise<unknown> =>
  (await readCSV(text, { identifiers: "keep", ...options })).kept?.map(({ name, cells }) => [name, cells]);

describe("columns of text that may identify rows are handed on where that is asked for (#17)", () => {
  it("one that is called so", async () => {
    expect(await named("user_id,city,a\nu1,x,1\nu2,y,2\n")).toEqual([["user_id", ["u1", "u2"]]]);
  });

  it("the only one", async () => {
    expect(await named("car,a\nMazda,1\nFiat,2\n")).toEqual([["car", ["Mazda", "Fiat"]]]);
    expect((await readNDJSON('{"car":"Mazda","a":1}\n{"car":"Fiat","a":2}\n', { identifiers: "keep" })).kept).toMatchObject([
      { name: "car" },
    ]);
  });

  it("none of several, none that is chosen otherwise, and none unless it is asked for", async () => {
    expect(await named("city,car,a\nx,M,1\ny,F,2\n")).toBeUndefined();
    expect(await named("car,a\nM,1\nF,2\n", { drop: ["car"] })).toBeUndefined();
    expect(await named("car,a\nM,1\nF,2\n", { keep: ["car"] })).toEqual([["car", ["M", "F"]]]);
    expect(await named("car,a\nM,1\nF,2\n", { columns: ["a"] })).toBeUndefined();
    expect(await named("car,a\nM,1\nF,2\n", { identifiers: "skip" })).toBeUndefined();
  });

  it.each(["id", "ID", "customer_id", "customerId", "orderID", "row id", "uuid", "session-guid"])("%s is called an identifier", (name) => {
    expect(isCalledId(name)).toBe(true);
  });

  it.each(["humid", "paid", "valid", "idea", "grid", "width", "Sid", "keyboard"])("%s is not", (name) => {
    expect(isCalledId(name)).toBe(false);
  });
});

describe("columns of text are handed on in the same pass, as many as are asked for (#18)", () => {
  const texts = async (keepTexts: number | undefined, options = {}): Promise<unknown> => {
    const table = await readCSV("id,day,a,city,kind\nr1,2024-01-02,1,Bonn,x\nr2,2024-01-03,2,Ulm,y\n", {
      ...(keepTexts === undefined ? {} : { keepTexts }),
      ...options,
    });
    expect(table.X.featureNames).toEqual(["a"]);
    return table.kept?.map(({ name }) => name);
  };

  it("the first of them; dates are none", async () => {
    expect([await texts(undefined), await texts(0)]).toEqual([undefined, undefined]);
    expect(await texts(2)).toEqual(["id", "city"]);
    expect(await texts(9)).toEqual(["id", "city", "kind"]);
  });

  it("none twice, none that is chosen otherwise", async () => {
    expect(await texts(9, { identifiers: "keep" })).toEqual(["id", "city", "kind"]);
    expect(await texts(9, { keep: ["kind"] })).toEqual(["kind", "id", "city"]);
    expect(await texts(9, { drop: ["city"] })).toEqual(["id", "kind"]);
    expect(await texts(9, { columns: ["a"] })).toBeUndefined();
  });

  it("also of records", async () => {
    const { kept } = await readNDJSON('{"car":"Mazda","a":1}\n{"car":"Fiat","a":2}\n', { keepTexts: 1 });
    expect(kept).toMatchObject([{ name: "car" }]);
  });
});
