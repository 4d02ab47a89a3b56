import { percent } from "@mixtura/wording/internal";
import type { Card } from "./card.ts";

/** A model card as Markdown, to keep next to the model. */
export function cardMarkdown({
  file,
  size,
  type,
  summary,
  features,
  model,
  groups,
  fit,
  origin,
  diagnostics,
  commands,
  code,
}: Card): string {
  const sections = [
    `# ${plain(file)}`,
    `**${plain(type)}**, ${size}. ${plain(summary)}`,
    model.map(plain).join("\n"),
    `## Features\n\n${features.map((name) => `- ${plain(name)}`).join("\n")}`,
    groups.length === 0 ? "" : `## Groups\n\n${groupTable(groups, features)}${groups.map(groupLine).join("\n")}`,
    `## How it was fitted\n\n${table(["", ""], fit)}`,
    origin.length === 0 ? "" : `## Where it comes from\n\n${table(["", ""], origin)}`,
    diagnostics.length === 0
      ? ""
      : `## What the fit warns about\n\n${diagnostics.map(({ severity, message }) => `- ${severity}: ${plain(message)}`).join("\n")}`,
    `## How to use it\n\n\`\`\`sh\n${commands.join("\n")}\n\`\`\`\n\n\`\`\`ts\n${code}\n\`\`\``,
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function groupLine({ label, weight, words, correlation }: Card["groups"][number]): string {
  const ofRows = weight === undefined ? "" : ` (${percent(weight)} of rows)`;
  return `- **${label}**${ofRows}: ${plain(words)}${correlation === undefined ? "" : `; ${plain(correlation)}`}`;
}

/** Features down, groups across; nothing where groups are described in words alone. */
function groupTable(groups: Card["groups"], features: readonly string[]): string {
  if (groups.some((group) => group.features.length < features.length)) return "";
  const rows = features.map((name, j) => [name, ...groups.map((group) => group.features[j]!.text)]);
  return `${table(["feature", ...groups.map(({ label }) => String(label))], rows)}\n\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(plain).join(" | ")} |`;
  return [line(head), `| ${head.map(() => "---").join(" | ")} |`, ...rows.map(line)].join("\n");
}

/** Text that Markdown takes for nothing else. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*{}[\]<>#|~]|(?<!\w)_|_(?!\w)/g, "\\$&").replaceAll(/\s*[\r\n]+\s*/g, " ");
}
