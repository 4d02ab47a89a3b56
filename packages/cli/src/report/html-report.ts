import { basename } from "node:path";
import type { Stability } from "@mixtura/model-selection";
import { renderReport } from "@mixtura/report";
import { inWords } from "../flags/in-flags.ts";
import { isStdin } from "../files/once.ts";
import type { FitFacts } from "./fit-facts.ts";

/** What an HTML report is made from, besides what `fit` tells. */
interface PageFacts extends Pick<FitFacts, "path" | "table" | "ids" | "outcome" | "survey" | "agreement"> {
  readonly otherRows?: boolean;
  readonly stability?: Stability | undefined;
  readonly recipes: readonly { readonly caption: string; readonly text: string }[];
}

/** The HTML report on a table and its mixture. */
export function htmlReport({ path, table, ids, outcome, survey, agreement, otherRows = false, stability, recipes }: PageFacts): string {
  const { X, sampleWeight, rowIndices, dropped, skippedColumns } = table;
  return renderReport({
    source: isStdin(path) ? "standard input" : basename(path),
    X,
    ...(sampleWeight === undefined ? {} : { sampleWeight }),
    ...(rowIndices === undefined ? {} : { rowIndices }),
    ...(ids === undefined ? {} : { ids }),
    droppedRows: dropped.count,
    skippedColumns,
    outcome,
    survey,
    ...(agreement === undefined ? {} : { agreement: { ...agreement, column: `column ${agreement.column}` } }),
    otherRows,
    ...(stability === undefined ? {} : { stability }),
    recipes,
    phrase: (text) => inWords(text, outcome.model),
    createdAt: new Date().toISOString().slice(0, 16).replace("T", " ") + " UTC",
  });
}
