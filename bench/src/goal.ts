/** The column that says what this project set itself, and whether the run met it. */
export function goalColumn(goal: string, met: boolean): Record<string, string> {
  return { goal: `${goal}: ${met ? "met" : "missed"}` };
}
