import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";

/** Two groups of rows in three features, 120 rows in all. */
export function twoGroups(): Matrix {
  const random = createRandom(3);
  const data = Float64Array.from({ length: 360 }, (_, at) => (at % 6 < 3 ? 0 : 4 + (at % 3)) + (1 + (at % 3)) * random.normal());
  return matrix(data, 120, 3);
}
