import type { Workbench } from "../features/workbench.ts";
import type { DataChoice, View } from "../state/state.ts";
import { noEdits } from "../state/state.ts";

/** Opens other data. What belonged to the old rows, such as edits and a box, goes with them. */
export function openChoice({ history }: Workbench, choice: DataChoice, kind?: string): void {
  const { view, density } = history.state.value;
  history.change(
    { data: choice, edits: noEdits, features: undefined, view: viewOf(choice, view), density: { ...density, box: undefined } },
    kind,
  );
}

/** How rows are shown at first: a file's by its own columns, of which nobody here knows anything yet. */
function viewOf(choice: DataChoice, view: View): View {
  const isWhole =
    choice.kind === "file" ||
    choice.kind === "blank" ||
    (choice.kind === "generated" && choice.features === 2) ||
    (choice.kind === "set" && TWO_FEATURES.has(choice.name));
  if (isWhole) return { kind: "plane", across: 0, up: 1 };
  return view.kind === "pairs" ? view : { kind: "principal" };
}

/** Sets that are whole in one plane, or in a histogram. */
const TWO_FEATURES = new Set(["faithful", "starsCYG", "galaxies", "acidity"]);

/** Opens a file that was chosen or dropped. */
export function openFile(workbench: Workbench, file: File): void {
  openChoice(workbench, workbench.data.offer(file));
}
