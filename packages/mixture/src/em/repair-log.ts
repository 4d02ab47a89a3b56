import type { Diagnostic } from "@mixtura/core";

/** Re-seedings of one component before it is left empty. */
const MAX_RESEEDS = 3;

/** What repairs did to the components of one restart. */
export class RepairLog {
  readonly #floored = new Map<number, number>();
  readonly #reseeds = new Map<number, number>();
  readonly #abandoned = new Set<number>();

  floored(component: number): void {
    this.#floored.set(component, (this.#floored.get(component) ?? 0) + 1);
  }

  /** Whether the component may be re-seeded once more; counts the re-seeding. */
  mayReseed(component: number): boolean {
    const done = this.#reseeds.get(component) ?? 0;
    if (done >= MAX_RESEEDS) {
      this.#abandoned.add(component);
      return false;
    }
    this.#reseeds.set(component, done + 1);
    return true;
  }

  diagnostics(masses: Float64Array): Diagnostic[] {
    const floored = [...this.#floored].map(([component, iterations]) => ({
      code: "floored-covariance",
      severity: "warning" as const,
      component,
      message:
        `The covariance of component ${component} was not positive definite in ${iterations} iteration(s) and was lifted to the floor. ` +
        `Its rows lie in a subspace: use fewer components, a larger regCovar, or a stiffer covarianceType.`,
      detail: { iterations, rows: masses[component] ?? 0 },
    }));
    const reseeded = [...this.#reseeds].map(([component, times]) => ({
      code: this.#abandoned.has(component) ? "empty-component" : "reseeded-component",
      severity: "warning" as const,
      component,
      message: this.#abandoned.has(component)
        ? `Component ${component} lost all its rows, was re-seeded ${times} times and stayed empty; its weight is 0. Use fewer components.`
        : `Component ${component} lost all its rows and was re-seeded ${times} time(s) on the least likely row. Fewer components may fit as well.`,
      detail: { reseeds: times, rows: masses[component] ?? 0 },
    }));
    return [...floored, ...reseeded];
  }
}
