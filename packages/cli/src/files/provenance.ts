import { basename } from "node:path";
import type { GivenProvenance } from "@mixtura/core";
import type { Table } from "@mixtura/io";
import { isStdin } from "./once.ts";
import { sourceName } from "./table.ts";

/** Where the rows of a fit come from, for the model's provenance: the name of the file without its folders, and rows that were left out. */
export function provenanceOf(path: string | undefined, { dropped }: Pick<Table, "dropped">): GivenProvenance {
  return {
    source: isStdin(path) ? "standard input" : basename(sourceName(path)),
    ...(dropped.count === 0 ? {} : { leftOut: [{ rows: dropped.count, reason: "missing values" }] }),
  };
}
