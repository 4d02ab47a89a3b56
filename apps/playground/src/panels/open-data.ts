import type { Workbench } from "../features/workbench.ts";
import type { DataChoice } from "../state/state.ts";
import { noEdits } from "../state/state.ts";

/** Opens other data. What belonged to the old rows, such as edits and a box, goes with them. */
export function openChoice({ history, data }: Workbench, choice: DataChoice, kind?: string): void {
  const { view, density } = history.state.value;
  data.problem.value = undefined;
  const few =
    choice.kind === "blank" ||
    (choice.kind === "generated" && choice.features === 2) ||
    (choice.kind === "set" && TWO_FEATURES.has(choice.name));
  history.change(
    {
      data: choice,
      edits: noEdits,
      features: undefined,
      view: few ? { kind: "plane", across: 0, up: 1 } : view.kind === "pairs" ? view : { kind: "principal" },
      density: { ...density, box: undefined },
    },
    kind,
  );
}

/** Sets that are whole in one plane, or in a histogram. */
const TWO_FEATURES = new Set(["faithful", "starsCYG", "galaxies", "acidity"]);

/** Opens a file that was chosen or dropped. */
export function openFile(workbench: Workbench, file: File): void {
  openChoice(workbench, workbench.data.offer(file));
}
