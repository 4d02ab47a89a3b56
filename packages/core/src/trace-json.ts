import type { Diagnostic, FitTrace, RestartTrace } from "./estimator.ts";
import type { FieldReader } from "./model-json.ts";
import { readObject } from "./model-json.ts";

/** A trace as plain JSON data. The optima of other restarts stay behind: they would multiply the size of the file. */
export function traceToJSON(trace: FitTrace): Record<string, unknown> {
  return {
    ...trace,
    restarts: trace.restarts.map(({ parameters: _, ...restart }) => restart),
  };
}

/**
 * Reads a trace that {@link traceToJSON} wrote.
 *
 * @throws MixturaError `invalid-model`
 * @example
 * ```ts run
 * const { trace } = await new GaussianMixture({ randomState: 1 }).fit([[0], [1], [3]]);
 * const read = traceFromJSON(readObject(JSON.parse(JSON.stringify(traceToJSON(trace)))));
 * read.lowerBounds // => trace.lowerBounds
 * ```
 */
export function traceFromJSON(reader: FieldReader): FitTrace {
  return Object.freeze({
    converged: reader.boolean("converged"),
    iterations: reader.count("iterations"),
    lowerBounds: Object.freeze([...reader.numbers("lowerBounds")]),
    seed: reader.number("seed"),
    backend: reader.string("backend"),
    restarts: Object.freeze(reader.list("restarts").map((item, index) => readRestart(readObject(item, `trace.restarts[${index}]`)))),
    diagnostics: Object.freeze(
      reader.list("diagnostics").map((item, index) => readDiagnostic(readObject(item, `trace.diagnostics[${index}]`))),
    ),
    elapsedMilliseconds: reader.number("elapsedMilliseconds"),
  });
}

function readRestart(reader: FieldReader): RestartTrace {
  return Object.freeze({
    restart: reader.count("restart"),
    converged: reader.boolean("converged"),
    iterations: reader.count("iterations"),
    score: reader.number("score"),
    degenerate: reader.boolean("degenerate"),
    chosen: reader.boolean("chosen"),
  });
}

function readDiagnostic(reader: FieldReader): Diagnostic {
  return Object.freeze({
    code: reader.string("code"),
    severity: reader.oneOf("severity", ["info", "warning"]),
    message: reader.string("message"),
    ...(reader.has("component") ? { component: reader.count("component") } : {}),
    ...(reader.has("detail") ? { detail: readDetail(reader) } : {}),
  });
}

function readDetail(reader: FieldReader): NonNullable<Diagnostic["detail"]> {
  const detail = reader.object("detail");
  const entries = Object.keys(reader.value("detail") as object).map((key) => {
    const value = detail.value(key);
    if (Array.isArray(value))
      return [key, value.every((item) => typeof item === "string") ? detail.strings(key) : Object.freeze([...detail.numbers(key)])];
    if (typeof value === "string" || typeof value === "boolean") return [key, value];
    return [key, detail.number(key)];
  });
  return Object.freeze(Object.fromEntries(entries) as NonNullable<Diagnostic["detail"]>);
}
