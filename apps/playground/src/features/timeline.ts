import type { ComputedRef, Ref } from "vue";
import { computed, onScopeDispose, ref, watch } from "vue";
import { between } from "../stage/ellipse.ts";
import type { Shapes } from "../worker/protocol.ts";
import type { FitFeature } from "./fit.ts";

/** The states of a fit as a time line. */
export interface TimelineFeature {
  /** Where on the line we are, between states too; `undefined` at the model itself. */
  readonly place: Ref<number | undefined>;
  /** The state shown, whole. */
  readonly step: ComputedRef<number | undefined>;
  readonly playing: Ref<boolean>;
  readonly loop: Ref<boolean>;
  /** States per second. */
  readonly speed: Ref<number>;
  /** The components as shown now. */
  readonly shapes: ComputedRef<Shapes | undefined>;
  readonly play: () => void;
  readonly pause: () => void;
  /** Steps forth or back. */
  readonly move: (by: number) => void;
  /** Goes to a state; `undefined` to the model. */
  readonly go: (step: number | undefined) => void;
}

export function timelineFeature(fit: FitFeature, calm: Ref<boolean>): TimelineFeature {
  const place = ref<number>();
  const playing = ref(false);
  const loop = ref(false);
  const speed = ref(6);
  let frame = 0;
  let last = 0;
  const end = (): number => fit.stepShapes.value.length - 1;
  const step = computed(() => (place.value === undefined ? undefined : Math.max(0, Math.min(end(), Math.floor(place.value + 1e-9)))));

  const tick = (now: number): void => {
    if (!playing.value) return;
    const passed = Math.min(0.1, (now - last) / 1000);
    last = now;
    const next = (place.value ?? 0) + passed * speed.value;
    if (next < end()) place.value = next;
    else if (loop.value) place.value = 0;
    else {
      place.value = undefined;
      playing.value = false;
      return;
    }
    frame = requestAnimationFrame(tick);
  };
  const pause = (): void => {
    playing.value = false;
    cancelAnimationFrame(frame);
    if (place.value !== undefined) place.value = Math.floor(place.value);
  };
  const play = (): void => {
    if (end() < 1) return;
    if (place.value === undefined || place.value >= end()) place.value = 0;
    playing.value = true;
    last = performance.now();
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(tick);
  };
  const go = (to: number | undefined): void => {
    pause();
    place.value = to === undefined || to > end() ? undefined : Math.max(0, to);
  };
  watch([fit.version, () => fit.status.value === "fitting"], () => {
    if (!playing.value) place.value = undefined;
  });
  onScopeDispose(() => cancelAnimationFrame(frame));

  const shapes = computed(() => {
    const all = fit.stepShapes.value;
    if (place.value === undefined) return fit.status.value === "fitting" ? (all.at(-1) ?? fit.finalShapes.value) : fit.finalShapes.value;
    const at = step.value!;
    // Whoever asks for little movement sees one state after the other, and nothing in between.
    return all[at] === undefined
      ? fit.finalShapes.value
      : between(all[at], all[at + 1] ?? all[at], calm.value || startsAnew(fit, at) ? 0 : place.value - at);
  });
  return {
    place,
    step,
    playing,
    loop,
    speed,
    shapes,
    play,
    pause,
    go,
    move: (by) => go(by > 0 && (step.value ?? end() + 1) >= end() ? undefined : (step.value ?? end() + 1) + by),
  };
}

/** Whether the state after this one belongs to another start: nothing leads from one to the other. */
function startsAnew(fit: FitFeature, at: number): boolean {
  return fit.steps.value[at]?.restart !== fit.steps.value[at + 1]?.restart;
}
