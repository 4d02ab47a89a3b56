import { typeScriptText } from "./quoting.ts";
import type { Subject } from "./subject.ts";
import { declaredFit, fileOf, remarksOf } from "./subject.ts";

/** The fit as a program. */
export function typeScript(subject: Subject): string {
  const { state } = subject;
  const fit = declaredFit(subject);
  const { type, capabilities } = fit.plugin;
  const columns = state.features ?? (subject.names.length > 0 ? subject.names : undefined);
  const reading = columns === undefined ? "" : `, { columns: ${literal(columns)} }`;
  const density = capabilities.includes("density");
  const clusters = capabilities.includes("clustering");
  const outliers = capabilities.includes("outlier");
  return [
    `import { ${type} } from "mixtura";`,
    `import { readCSVFile } from "@mixtura/io/node";`,
    "",
    ...remarksOf(subject, fit, "//"),
    `const { X } = await readCSVFile(${literal(fileOf(subject))}${reading});`,
    `const model = await new ${type}(${Object.keys(fit.options).length === 0 ? "" : literal(fit.options)}).fit(X);`,
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

/** Plain data as a literal. */
function literal(value: unknown): string {
  if (typeof value === "string") return typeScriptText(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const fields = Object.entries(value).map(([name, part]) => `${key(name)}: ${literal(part)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

function key(name: string): string {
  if (/^[A-Za-z_$][\w$]*$/.test(name) && name !== "__proto__") return name;
  // Written otherwise, this one name is no field but what the object inherits from.
  return name === "__proto__" ? `["__proto__"]` : typeScriptText(name);
}
