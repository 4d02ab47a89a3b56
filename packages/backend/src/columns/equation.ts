import { significant } from "@mixtura/wording/internal";
import type { Dependency } from "./dependency.ts";

/** How a feature is called in a text. */
export type Naming = (feature: number) => string;

/** Features by their names, or by their places, from 0. */
export function namer(featureNames: readonly string[] | undefined): Naming {
  return (feature) => (featureNames?.[feature] === undefined ? `feature ${feature}` : `"${featureNames[feature]}"`);
}

/** Terms of an equation that are written out. */
const TERMS = 6;

/**
 * A dependency as an equation: `"total" = "north" + "south"`; parts of a whole together, `"clay" + "silt" + "sand" = 100`; a constant column, `"pid" = 4187`.
 */
export function equation(
  { left, columns, coefficients, offset }: Pick<Dependency, "left" | "columns" | "coefficients" | "offset">,
  name: Naming,
): string {
  if (columns.length === 0) return `${name(left)} = ${number(offset)}`;
  if (offset !== 0 && coefficients.every((value) => value < 0 && isOne(value)))
    return `${sum(
      [...columns, left].sort((a, b) => a - b),
      () => 1,
      name,
    )} = ${number(offset)}`;
  const right = sum(columns, (i) => coefficients[i]!, name);
  const constant = offset === 0 ? "" : ` ${offset < 0 ? "−" : "+"} ${number(Math.abs(offset))}`;
  return `${name(left)} = ${right}${constant}`;
}

function sum(columns: readonly number[], coefficient: (index: number) => number, name: Naming): string {
  const terms = columns.slice(0, TERMS).map((column, i) => {
    const value = coefficient(i);
    const sign = i === 0 ? (value < 0 ? "−" : "") : value < 0 ? " − " : " + ";
    return `${sign}${isOne(value) ? "" : `${number(Math.abs(value))} × `}${name(column)}`;
  });
  return `${terms.join("")}${columns.length > TERMS ? ` + ${columns.length - TERMS} terms more` : ""}`;
}

/** Whether a coefficient is 1 or −1 as far as it is written. */
function isOne(value: number): boolean {
  return number(Math.abs(value)) === "1";
}

function number(value: number): string {
  return value < 0 ? `−${significant(-value)}` : significant(value);
}
