import type { Axis, Extent } from "../axis/axis.ts";
import { columnExtent, linearAxis } from "../axis/axis.ts";
import type { Components } from "../input/components.ts";
import type { Box } from "../marks/frame.ts";
import { ABOVE, axisName, BELOW, frame, ticksAcross, ticksUp, widestTick } from "../marks/frame.ts";
import type { Looks } from "../options.ts";

/** How far components reach: this many standard deviations. */
const SIGMAS_WITH_DATA = 2.1;
const SIGMAS_ALONE = 3.2;

/** Components widen the range of data at most by this part of it on each side, so that a vast one cannot hide the data. */
const MOST_WIDENING = 0.35;

/** The range of a feature that shows the data and the components. */
export function featureExtent(
  X: { readonly data: Float64Array; readonly columns: number } | undefined,
  components: Components | undefined,
  feature: number,
): Extent {
  const data = X === undefined ? undefined : columnExtent(X.data, X.columns, feature);
  if (components === undefined) return data ?? { low: 0, high: 1 };
  const { features: d, means, covariances, weights } = components;
  const sigmas = data === undefined ? SIGMAS_ALONE : SIGMAS_WITH_DATA;
  let low = Infinity;
  let high = -Infinity;
  for (const [k, covariance] of covariances.entries()) {
    if (weights[k] === 0) continue;
    const reach = sigmas * Math.sqrt(covariance[feature * d + feature]!);
    low = Math.min(low, Math.max(-Number.MAX_VALUE, means[k * d + feature]! - reach));
    high = Math.max(high, Math.min(Number.MAX_VALUE, means[k * d + feature]! + reach));
  }
  if (data === undefined) return { low, high };
  const widening = (data.high / 2 - data.low / 2) * 2 * MOST_WIDENING;
  if (!(widening > 0 && widening < Infinity))
    return widening > 0 ? data : { low: Math.min(low, data.low), high: Math.max(high, data.high) };
  return {
    low: Math.min(data.low, Math.max(low, data.low - widening)),
    high: Math.max(data.high, Math.min(high, data.high + widening)),
  };
}

/** A plane with its two axes drawn. */
export interface Plane {
  readonly box: Box;
  readonly x: Axis;
  readonly y: Axis;
  readonly grid: string;
  readonly texts: string;
}

/** Lays out two axes below the header and draws them. */
export function plane(
  looks: Looks,
  top: number,
  across: { readonly extent: Extent; readonly name: string; readonly room?: number; readonly whole?: boolean },
  up: { readonly extent: Extent; readonly name: string; readonly room?: number },
): Plane {
  const { width, height, theme } = looks;
  const edgeTop = up.name === "" ? top + 8 : top + ABOVE;
  const bottom = Math.max(edgeTop + 20, height - (across.name === "" ? BELOW - 16 : BELOW));
  const y = linearAxis(up.extent, bottom, edgeTop, up.room);
  const upTicks = ticksUp(y);
  const box = { left: Math.min(width / 3, 16 + widestTick(upTicks.ticks)), right: width - 14, top: edgeTop, bottom };
  const x = linearAxis(across.extent, box.left, box.right, across.room);
  const acrossTicks = ticksAcross(x, across.whole);
  const { grid, texts } = frame({
    box,
    across: { ticks: acrossTicks.ticks, name: across.name === "" ? "" : axisName(across.name, acrossTicks.note) },
    up: { ticks: upTicks.ticks, name: up.name === "" ? "" : axisName(up.name, upTicks.note) },
    theme,
    width,
  });
  return { box, x, y, grid, texts };
}
