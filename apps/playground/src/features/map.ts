import type { Ref, ShallowRef } from "vue";
import { ref, shallowRef, watch } from "vue";
import { latest } from "../state/latest.ts";
import type { Contour, ScoreMap, Slot } from "../worker/protocol.ts";
import type { DataFeature } from "./data.ts";
import type { FitFeature } from "./fit.ts";
import type { HistoryFeature } from "./history.ts";
import type { Link } from "./link.ts";
import type { UnusualFeature } from "./unusual.ts";

/** The map of scores under the rows, and lines on it. */
export interface MapFeature {
  readonly map: ShallowRef<ScoreMap | undefined>;
  /** Lines of equal density around fractions of the mass. */
  readonly contours: ShallowRef<readonly Contour[]>;
  /** The line between usual and unusual. */
  readonly line: ShallowRef<Contour | undefined>;
  /** The same of the second estimator. */
  readonly secondLine: ShallowRef<Contour | undefined>;
  readonly problem: Ref<string | undefined>;
}

/** Fractions of the mass that lines are drawn around. */
const MASSES = [0.5, 0.9, 0.99];
/** Cells of a map, across and up. */
const SIZE = [132, 99] as const;
/** Row–cell pairs that a model which sums over all rows may take. */
const PAIRS = 4e8;

export function mapFeature(link: Link, { state }: HistoryFeature, data: DataFeature, fit: FitFeature, unusual: UnusualFeature): MapFeature {
  const map = shallowRef<ScoreMap>();
  const contours = shallowRef<readonly Contour[]>([]);
  const line = shallowRef<Contour>();
  const secondLine = shallowRef<Contour>();
  const problem = ref<string>();

  const size = (isMixture: boolean): readonly [number, number] => {
    const rows = data.facts.value?.rows ?? 0;
    const part = isMixture || rows * SIZE[0] * SIZE[1] <= PAIRS ? 1 : Math.sqrt(PAIRS / (rows * SIZE[0] * SIZE[1]));
    return [Math.max(16, Math.round(SIZE[0] * part)), Math.max(12, Math.round(SIZE[1] * part))];
  };
  const wanted = (): boolean => {
    const { density } = state.value;
    return (
      (density.map || density.contours || density.threshold.by !== "none" || density.compared !== undefined) &&
      (data.facts.value?.names.length ?? 0) > 1
    );
  };
  const ask = async (slot: Slot, isMixture: boolean): Promise<ScoreMap | undefined> => {
    const answer = await link.scoreMap(slot, data.box.value, size(isMixture));
    if (answer.ok) return answer.value;
    if (answer.failure.code !== "aborted") problem.value = answer.failure.message;
    return undefined;
  };
  const lines = async (): Promise<void> => {
    const { facts } = fit;
    const masses = state.value.density.contours && facts.value?.isDensity === true ? MASSES : [];
    // Of more features than two the plane shows only a part of what decides.
    const whole = data.facts.value?.names.length === 2;
    const level = whole ? unusual.threshold.value : undefined;
    const answer = await link.contours("first", level === undefined ? [] : [level], masses);
    if (!answer.ok) return;
    line.value = answer.value.find(({ mass }) => mass === undefined);
    contours.value = answer.value.filter(({ mass }) => mass !== undefined);
    const secondLevel = whole ? unusual.secondThreshold.value : undefined;
    const second =
      secondLevel === undefined || unusual.second.value === undefined ? undefined : await link.contours("second", [secondLevel], []);
    secondLine.value = second?.ok === true ? second.value[0] : undefined;
  };
  const relines = latest(lines);
  const redraw = latest(async () => {
    problem.value = undefined;
    if (fit.facts.value === undefined || !wanted()) {
      map.value = undefined;
      contours.value = [];
      line.value = undefined;
      secondLine.value = undefined;
      return;
    }
    if (fit.facts.value.scores !== undefined) map.value = await ask("first", fit.facts.value.isMixture);
    else {
      map.value = undefined;
      problem.value = `${fit.facts.value.type} gives no scores, so there is no density to show.`;
    }
    if (unusual.second.value?.scores !== undefined) await ask("second", unusual.second.value.isMixture);
    await lines();
  });
  watch([fit.version, data.box, data.plane, unusual.second, () => wanted()], () => redraw());
  watch([unusual.threshold, unusual.secondThreshold, () => state.value.density.contours], () => relines());
  return { map, contours, line, secondLine, problem };
}
