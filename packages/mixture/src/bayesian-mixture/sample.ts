import type { Matrix } from "@mixtura/core";
import type { Random } from "@mixtura/core/authoring";
import type { SampleProblem } from "../fitted/sample.ts";
import { drawSample } from "../fitted/sample.ts";
import { drawChiSquare } from "./chi-square-draw.ts";
import type { StudentComponents } from "./student.ts";

/** Few degrees of freedom have tails beyond the doubles: a draw from there lies this many deviations away. */
const MOST_STRETCH = 2 ** 500;

/**
 * Draws rows from a posterior predictive, or from the plug-in mixture where there are no t distributions: a component by weight, then a normal row
 * divided by the root of a χ² number, one for the whole row or one for each independent feature.
 */
export function samplePosterior(
  problem: Omit<SampleProblem, "draw">,
  student: StudentComponents | undefined,
): { X: Matrix; labels: Int32Array } {
  if (student === undefined) return drawSample(problem);
  const { independent, factors, freedoms } = student;
  let stretch = 1;
  const draw = (random: Random, k: number, j: number): number => {
    if (j === 0 || independent) stretch = Math.min(MOST_STRETCH, 1 / Math.sqrt(factors[k]! * drawChiSquare(random, freedoms[k]!)));
    return stretch * random.normal();
  };
  return drawSample({ ...problem, draw });
}
