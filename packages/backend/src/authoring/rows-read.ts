import type { RowsRead } from "@mixtura/core/authoring";
import { present } from "@mixtura/core/authoring";
import { checksumOf, rangesOf } from "@mixtura/core/internal";
import type { Rows } from "../rows/rows.ts";

/** What a fit has read, for the record of its model: the checksum is made of the column profile, so no pass is added. */
export function readBy({ features, featureNames, profile }: Pick<Rows, "features" | "featureNames" | "profile">): RowsRead {
  const { rows, weight, means, variances, ranges, least, look } = profile;
  return {
    featureCount: features,
    featureNames,
    rows,
    checksum: checksumOf([rows, weight, ...means, ...variances, ...ranges]),
    ...present({
      ranges:
        look === undefined || look.columns.length < features
          ? undefined
          : rangesOf(
              least,
              look.columns.map(({ median }) => median),
              least.map((value, j) => value + ranges[j]!),
            ),
    }),
  };
}
