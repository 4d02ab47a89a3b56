import type { Axis } from "../axis/axis.ts";
import { columnExtent, linearAxis } from "../axis/axis.ts";
import type { Bend } from "../axis/bent.ts";
import { bentAxis } from "../axis/bent.ts";
import { ticksAcross, ticksUp, widestTick } from "../axis/fitting.ts";
import type { Extent, Finest } from "../axis/span.ts";
import type { Components } from "../input/components.ts";
import type { Box } from "../marks/frame.ts";
import { ABOVE, BELOW, frame } from "../marks/frame.ts";
import type { Looks } from "../options.ts";

/** How far components reach: this many standard deviations. */
const SIGMAS_WITH_DATA = 2.1;
const SIGMAS_ALONE = 3.2;

/** Components widen the range of data at most by this part of it on each side, so that a vast one cannot hide the data. */
const MOST_WIDENING = 0.35;

/** A feature and the range of it that is shown. */
export interface FeatureAxis {
  readonly feature: number;
  readonly extent: Extent;
}

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

/** One side of a plane: what it shows and how it is named. */
export interface PlaneSide {
  readonly extent: Extent;
  readonly name: string;
  readonly room?: number;
  /** How finely the numbers can be told apart. Default: as doubles can. */
  readonly finest?: Finest;
  /** Whether ticks stand at whole numbers, and within the extent. */
  readonly whole?: boolean;
  /** Where steps become factors, if they do. */
  readonly bend?: Bend | undefined;
}

/** Lays out two axes below the header and draws them, in the whole picture or between two edges of it. */
export function plane(
  looks: Looks,
  top: number,
  across: PlaneSide,
  up: PlaneSide,
  edges: { readonly left: number; readonly right: number; readonly bottom: number } = { left: 0, right: looks.width, bottom: looks.height },
): Plane {
  const edgeTop = up.name === "" ? top + 8 : top + ABOVE;
  const bottom = Math.max(edgeTop + 20, edges.bottom - (across.name === "" ? BELOW - 16 : BELOW));
  const y = axisOf(up, bottom, edgeTop);
  const upTicks = ticksUp(y, { whole: wholeOf(up) });
  const left = edges.left + Math.min((edges.right - edges.left) / 3, 16 + widestTick(upTicks.ticks));
  const box = { left, right: edges.right - 14, top: edgeTop, bottom };
  const x = axisOf(across, box.left, box.right);
  const acrossTicks = ticksAcross(x, { ends: edges, whole: wholeOf(across) });
  const { grid, texts } = frame({
    box,
    across: { ...acrossTicks, name: across.name },
    up: { ...upTicks, name: up.name },
    theme: looks.theme,
    left: edges.left,
    right: edges.right,
  });
  return { box, x, y, grid, texts };
}

function axisOf({ extent, room, bend, finest }: PlaneSide, from: number, to: number): Axis {
  return bend === undefined ? linearAxis(extent, from, to, room, finest) : bentAxis(extent, bend, from, to);
}

function wholeOf({ whole, extent }: PlaneSide): Extent | undefined {
  return whole === true ? extent : undefined;
}
