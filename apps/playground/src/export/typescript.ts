import { plugins } from "mixtura";
import type { Subject } from "./subject.ts";
import { fileOf, needsRows, optionsOf } from "./subject.ts";

/** The fit as a program. */
export function typeScript(subject: Subject): string {
  const { state } = subject;
  const { type } = state.model;
  const plugin = plugins.find((candidate) => candidate.type === type);
  const options = optionsOf(subject, plugin !== undefined && "randomState" in plugin.options);
  const columns = state.features ?? (subject.names.length > 0 ? subject.names : undefined);
  const reading = columns === undefined ? "" : `columns: ${JSON.stringify(columns)}`;
  const density = plugin?.capabilities.includes("density") === true;
  const clusters = plugin?.capabilities.includes("clustering") === true;
  const outliers = plugin?.capabilities.includes("outlier") === true;
  return [
    `import { ${type} } from "mixtura";`,
    `import { readCSVFile } from "@mixtura/io/node";`,
    "",
    ...(needsRows(subject) ? ["// The rows as shown: “Rows (CSV)” on the same page."] : []),
    `const { X } = await readCSVFile(${JSON.stringify(needsRows(subject) ? "rows.csv" : fileOf(subject))}${reading === "" ? "" : `, { ${reading} }`});`,
    `const model = await new ${type}(${objectText(options)}).fit(X);`,
    "",
    ...(clusters || outliers ? [`const labels = await model.predict(X);${outliers ? " // −1 for outliers" : ""}`] : []),
    ...(density ? ["const logDensities = await model.scoreSamples(X);"] : []),
    ...(density && state.density.threshold.by === "contamination"
      ? [
          `const threshold = logDensities.toSorted()[Math.round(X.rows * ${state.density.threshold.value})]!;`,
          "const unusual = logDensities.map((value) => Number(value < threshold));",
        ]
      : []),
    "console.log(JSON.stringify(model));",
    "",
  ].join("\n");
}

function objectText(options: Readonly<Record<string, unknown>>): string {
  const fields = Object.entries(options).map(([name, value]) => `${name}: ${valueText(value)}`);
  return fields.length === 0 ? "" : `{ ${fields.join(", ")} }`;
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(", ")}]`;
  if (typeof value === "object" && value !== null)
    return `{ ${Object.entries(value)
      .map(([name, part]) => `${name}: ${valueText(part)}`)
      .join(", ")} }`;
  return JSON.stringify(value);
}
