import type { CaseReport, RatioReport } from "./report.ts";

/** One number for many cases: the geometric mean of their median ratios. */
export interface GeometricMean {
  /** Which cases: "all", or the value of a label. */
  readonly group: string;
  readonly ratio: string;
  readonly value: number;
  readonly cases: number;
}

/** A ratio's name in tables. */
export function ratioTitle({ slower, faster }: Pick<RatioReport, "slower" | "faster">): string {
  return `${slower} ÷ ${faster}`;
}

/** (∏ values)^(1/n), by logarithms. */
export function geometricMean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("The geometric mean of no values is not defined.");
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** The mean of every ratio over all cases, and over the cases that agree in the given labels. */
export function geometricMeans(cases: readonly CaseReport[], groupBy: readonly string[] = []): GeometricMean[] {
  const titles = [...new Set(cases.flatMap(({ ratios }) => ratios.map(ratioTitle)))];
  const groupOf = ({ labels }: CaseReport) => groupBy.flatMap((label) => labels[label] ?? []).join(", ");
  const groups = [...new Set(cases.map(groupOf))].filter((group) => group !== "");
  const chosen = [
    { group: "all", members: cases },
    ...(groups.length < 2 ? [] : groups.map((group) => ({ group, members: cases.filter((one) => groupOf(one) === group) }))),
  ];
  return chosen.flatMap(({ group, members }) =>
    titles.flatMap((ratio) => {
      const medians = members.flatMap(({ ratios }) => ratios.filter((one) => ratioTitle(one) === ratio).map(({ median }) => median));
      return medians.length === 0 ? [] : [{ group, ratio, value: geometricMean(medians), cases: medians.length }];
    }),
  );
}

/** A case in which one of ours took longer than another program. */
export interface Loss {
  readonly where: string;
  readonly ratio: RatioReport;
}

/** All cases in which another program was faster than the one named last in the ratio. */
export function losses(cases: readonly CaseReport[]): Loss[] {
  return cases.flatMap(({ labels, ratios }) =>
    ratios.filter(({ median }) => median < 1).map((ratio) => ({ where: Object.values(labels).join(", "), ratio })),
  );
}
