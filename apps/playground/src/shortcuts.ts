import type { HandsFeature, Tool } from "./features/hands.ts";
import type { Workbench } from "./features/workbench.ts";

const TOOLS: Readonly<Record<string, Tool>> = { v: "inspect", p: "paint", e: "erase", d: "drag", b: "box" };

/** Keys that work everywhere but where somebody writes; Escape, which ends what is under way, works there, too. */
export function shortcuts({ history, timeline, data, fit, search }: Workbench, hands: HandsFeature): (event: KeyboardEvent) => void {
  return (event) => {
    const target = event.target as HTMLElement;
    const writes = target.matches("input:not([type=range]):not([type=radio]):not([type=checkbox]), textarea, select");
    const key = event.key.toLowerCase();
    if (key === "escape") {
      if (data.opening.value) act(event, data.cancel);
      else if (fit.status.value === "fitting") act(event, fit.cancel);
      else if (search.running.value) act(event, search.cancel);
      return;
    }
    if ((event.ctrlKey || event.metaKey) && !event.altKey) {
      if (writes) return;
      if (key === "z") act(event, event.shiftKey ? history.redo : history.undo);
      if (key === "y") act(event, history.redo);
      return;
    }
    if (writes || event.altKey) return;
    const tool = TOOLS[key];
    if (tool !== undefined && (hands.refusal.value === undefined || tool === "inspect" || tool === "box"))
      act(event, () => (hands.tool.value = tool));
    if (key === "k") act(event, timeline.playing.value ? timeline.pause : timeline.play);
    if (key === ",") act(event, () => timeline.move(-1));
    if (key === ".") act(event, () => timeline.move(1));
  };
}

function act(event: KeyboardEvent, work: () => unknown): void {
  event.preventDefault();
  work();
}
