import { describe, expect, it } from "vitest";
import { optionRows, optionTable } from "../src/site/option-table.ts";

/** What typedoc writes about properties. */
function written(...rows: readonly (readonly [name: string, type: string, description: string])[]): string {
  const lines = rows.map(([name, type, description]) => `| <a id="property-${name}"></a> \`${name}?\` | ${type} | ${description} |`);
  return ["| Property | Type | Description |", "| ------ | ------ | ------ |", ...lines].join("\n");
}

describe("a table of options", () => {
  it("takes range, unit and default from what is declared, and the description from the type", () => {
    const rows = optionRows(written(["tol", "`number`", "Stops below this. Default 1e-5."]));
    const table = optionTable(rows, {
      tol: { range: { kind: "number", minimum: 0 }, default: 1e-5, unit: "nats per row", description: "Stop below this." },
    });
    expect(table).toContain("a number ≥ 0 (nats per row) · default&nbsp;`1e-5`</span> Stops below this. |");
  });

  it.each([
    ["a number", "Rows at most. Default 5000.", "default&nbsp;`5000`</span> Rows at most. |"],
    ["a decimal number", "The share. Default 0.1. Counted in rows.", "default&nbsp;`0.1`</span> The share. Counted in rows. |"],
    ["a text", 'How. Default "bic".', 'default&nbsp;`"bic"`</span> How. |'],
    ["words", "The features. Default: those that differ most.", "default&nbsp;those that differ most</span> The features. |"],
    [
      "one with a condition",
      'Order. Default "means"; "fit" for a start.',
      'default&nbsp;`"means"`</span> Order. Default "means"; "fit" for a start. |',
    ],
  ])("reads %s from the comment where nothing is declared", (_, description, expected) => {
    expect(optionTable(optionRows(written(["it", "`number`", description])), {})).toContain(expected);
  });

  it("keeps unions and links in types", () => {
    const rows = optionRows(written(["data", "[`Matrix`](/api/core/matrix) \\| `number`[]", "-"]));
    expect(rows).toEqual([{ name: "data", type: "[`Matrix`](/api/core/matrix) \\| `number`[]", description: "" }]);
  });
});
