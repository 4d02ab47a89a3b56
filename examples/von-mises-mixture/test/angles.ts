import { createRandom } from "@mixtura/core/authoring";
import { drawVonMises } from "../src/sample.ts";

/** Hours of the day as angles: many about the morning, fewer about the evening, the latter across midnight, where a turn ends. */
export function hours(count = 400, seed = 5): { readonly rows: { readonly hour: number }[]; readonly groups: Int32Array } {
  const random = createRandom(seed);
  const groups = Int32Array.from({ length: count }, (_, i) => Number(i % 5 < 2));
  const rows = Array.from(groups, (group) => ({
    hour: group === 0 ? drawVonMises(-0.8, 6, random) : drawVonMises(Math.PI - 0.1, 4, random),
  }));
  return { rows, groups };
}
