import type { RowsRead } from "@mixtura/core/authoring";
import { checksumOf } from "@mixtura/core/internal";
import type { Rows } from "../rows/rows.ts";

/** What a fit has read, for the record of its model: the checksum is made of the column profile, so no pass is added. */
export function readBy({ features, featureNames, profile }: Pick<Rows, "features" | "featureNames" | "profile">): RowsRead {
  const { rows, weight, means, variances, ranges } = profile;
  return { featureCount: features, featureNames, rows, checksum: checksumOf([rows, weight, ...means, ...variances, ...ranges]) };
}
