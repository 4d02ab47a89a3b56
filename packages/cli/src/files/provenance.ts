import { basename } from "node:path";
import type { GivenProvenance } from "@mixtura/core";
import type { FeatureTable } from "./left-out.ts";
import { leftOutColumns } from "./left-out.ts";
import { isStdin } from "./once.ts";
import { sourceName } from "./table.ts";

/** Where the rows of a fit come from, for the model's provenance: the name of the file without its folders, and rows and columns that were left out. */
export function provenanceOf(path: string | undefined, table: FeatureTable): GivenProvenance {
  const { dropped } = table;
  const columns = leftOutColumns(table);
  return {
    source: isStdin(path) ? "standard input" : basename(sourceName(path)),
    ...(dropped.count === 0 ? {} : { leftOut: [{ rows: dropped.count, reason: "missing values" }] }),
    ...(columns === undefined ? {} : { leftOutColumns: columns }),
  };
}
