import { listed, percent, wrap } from "@mixtura/wording/internal";
import { tableLines } from "../report/layout.ts";
import type { Terminal } from "../terminal.ts";
import type { Card } from "./card.ts";

/** Features shown of each group, at most. */
const MOST_FEATURES = 24;

/** A model card for a terminal. */
export function cardText(card: Card, { width, bold }: Pick<Terminal, "width" | "bold">): string {
  const sentences = (lines: readonly string[]): string[] => lines.flatMap((line) => wrap(line, width, { rest: "  " }));
  const sections: string[][] = [
    sentences([`${card.file}: ${card.type}, ${card.size}`, card.summary]),
    sentences(card.model),
    sentences([`Features (${card.features.length}): ${listed(card.features, MOST_FEATURES)}`]),
    card.groups.length === 0 ? [] : [bold("Groups"), ...card.groups.flatMap((group) => groupLines(group, width))],
    [bold("How it was fitted"), ...factLines(card.fit, width)],
    card.origin.length === 0 ? [] : [bold("Where it comes from"), ...factLines(card.origin, width)],
    sentences(card.diagnostics.map(({ severity, message }) => `${severity === "warning" ? "Warning" : "Note"}: ${message}`)),
    [bold("How to use it"), ...card.commands.map((command) => `  ${command}`)],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function factLines(facts: Card["fit"], width: number): string[] {
  return tableLines(facts, ["left", "left"]).flatMap((line) => wrap(line.trimStart(), width, { first: "  ", rest: "    " }));
}

function groupLines({ label, weight, words, correlation, features }: Card["groups"][number], width: number): string[] {
  const ofRows = weight === undefined ? "" : ` (${percent(weight)} of rows)`;
  const shown = features.slice(0, MOST_FEATURES).map(({ name, text }) => `${name} ${text}`);
  const rest = features.length > MOST_FEATURES ? ", …" : "";
  return [
    ...wrap(`${label}${ofRows}: ${words}${correlation === undefined ? "" : `; ${correlation}`}`, width, { first: "  ", rest: "    " }),
    ...(shown.length === 0 ? [] : wrap(shown.join(", ") + rest, width, { first: "      ", rest: "      " })),
  ];
}
