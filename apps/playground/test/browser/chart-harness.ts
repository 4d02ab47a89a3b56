import type { App } from "vue";
import { createApp, h, nextTick, ref, shallowRef } from "vue";
import BoundChart from "../../src/charts/BoundChart.vue";
import CriterionChart from "../../src/charts/CriterionChart.vue";
import WeightBars from "../../src/charts/WeightBars.vue";
import type { Workbench } from "../../src/features/workbench.ts";
import { workbenchKey } from "../../src/features/workbench.ts";
import type { HandOnStage } from "../../src/stage/hands-on.ts";
import { boxOf, frameOf, scaleOf } from "../../src/stage/scale.ts";
import StageOverlay from "../../src/stage/StageOverlay.vue";
import "../../src/style/tokens.css";
import "../../src/style/base.css";
import "../../src/style/charts.css";
import "../../src/style/stage.css";

const values = shallowRef<readonly number[]>([]);
const off = { value: undefined };
const workbench = {
  ground: ref("light"),
  data: { plane: { value: { names: ["a rather long name of a first feature (mm)", "second principal component (59 %)"] } } },
  timeline: { shapes: off },
  fit: { secondShapes: off, before: off },
  map: { contours: { value: [] }, line: off, secondLine: off },
  history: { state: { value: { density: {} } } },
  unusual: { second: off },
} as unknown as Workbench;
const hand = { draft: off, asked: { value: undefined }, cursor: off } as unknown as HandOnStage;

/** The charts of the playground at one width, drawn of the same values. They stay, and are given other values, as in a session. */
function mount(width: number): void {
  const place = document.body.appendChild(document.createElement("div"));
  place.style.cssText = `width:${width}px;padding:0`;
  place.dataset["width"] = String(width);
  const charts: Record<string, () => unknown> = {
    BoundChart: () =>
      h(BoundChart, {
        // A million states once are enough.
        steps: (width < 600 ? values.value.slice(0, 1e5) : values.value).map((bound, iteration) => ({ restart: 0, iteration, bound })),
        at: values.value.length - 1,
        restarts: [],
      }),
    CriterionChart: () => {
      const few = values.value.slice(0, 64);
      if (!few.some((value) => Number.isFinite(value))) return undefined;
      return h(CriterionChart, {
        criterion: "bic",
        winner: undefined,
        chosen: undefined,
        candidates: few.map((bic, index) => ({
          index,
          estimator: "GaussianMixture",
          nComponents: 1 + Math.floor(index / 4),
          covarianceType: ["full", "tied", "diag", "spherical"][index % 4]!,
          values: { bic },
          degenerate: false,
          converged: true,
          start: undefined,
          failure: undefined,
        })),
      });
    },
    WeightBars: () =>
      h(WeightBars, {
        weights: Float64Array.from(
          values.value.filter((value) => Number.isFinite(value)),
          Math.abs,
        ),
      }),
    StageOverlay: () => {
      const finite = values.value.slice(0, 5000).filter((value) => Number.isFinite(value));
      const box = boxOf(Float64Array.from(finite.flatMap((value, row) => [value, finite[(row * 7 + 3) % finite.length]!])));
      return h("div", { style: "position:relative;height:360px" }, [
        // The frame that keeps room for the texts of its box.
        h(StageOverlay, { scale: scaleOf(frameOf(width, 360, box), box), hand }),
      ]);
    },
  };
  for (const [name, draw] of Object.entries(charts)) {
    const at = place.appendChild(document.createElement("section"));
    at.dataset["chart"] = name;
    const app: App = createApp({ render: draw });
    app.provide(workbenchKey, workbench);
    app.config.errorHandler = (error) => console.error(`${name}: ${String(error)}`);
    app.mount(at);
  }
}

/** Gives all charts other values; they are drawn when this resolves. */
async function draw(next: readonly number[]): Promise<void> {
  values.value = next;
  await nextTick();
}

declare global {
  var charts: { mount: typeof mount; draw: typeof draw };
}
globalThis.charts = { mount, draw };
