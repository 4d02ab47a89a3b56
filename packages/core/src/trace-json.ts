import type { Diagnostic, FitTrace, IterativeTrace, RestartTrace, StartsTrace } from "./fit-trace.ts";
import { isIterative } from "./fit-trace.ts";
import type { FieldReader } from "./model-json.ts";
import { readObject } from "./model-json.ts";
import { present } from "./present.ts";

/**
 * A trace as plain JSON data. The optima of other restarts stay behind, since they would multiply the size of the file, and so does the time taken:
 * one seed gives one file.
 */
export function traceToJSON(trace: FitTrace): Record<string, unknown> {
  const { kind, converged, iterations, seed, backend, diagnostics } = trace;
  const steps = isIterative(trace)
    ? {
        lowerBounds: trace.lowerBounds,
        restarts: trace.restarts.map(({ parameters: _, ...restart }) => restart),
        ...present({ starts: trace.starts }),
      }
    : {};
  return { kind, ...present({ converged, iterations, seed, backend }), ...steps, diagnostics };
}

/**
 * Reads a trace that {@link traceToJSON} wrote, or a release that wrote model JSON of version 1.
 *
 * @throws MixturaError `invalid-model`
 * @example
 * ```ts run
 * const { trace } = await new GaussianMixture({ randomState: 1 }).fit(
 *   [[0], [1], [3]],
 * );
 * const read = traceFromJSON(
 *   readObject(JSON.parse(JSON.stringify(traceToJSON(trace)))),
 * );
 * isIterative(read) && read.lowerBounds // => trace.lowerBounds
 * ```
 */
export function traceFromJSON(reader: FieldReader): FitTrace {
  if (!reader.has("kind")) return firstVersion(reader);
  return reader.oneOf("kind", ["direct", "iterative"]) === "iterative" ? iterativeTraceFromJSON(reader) : Object.freeze(readBase(reader));
}

/**
 * Reads the trace of a model whose fits iterate.
 *
 * @throws MixturaError `invalid-model`
 */
export function iterativeTraceFromJSON(reader: FieldReader): IterativeTrace {
  if (reader.has("kind")) reader.oneOf("kind", ["iterative"]);
  return Object.freeze({
    ...(reader.has("kind") ? readBase(reader) : firstBase(reader)),
    kind: "iterative",
    converged: reader.boolean("converged"),
    iterations: reader.count("iterations"),
    lowerBounds: Object.freeze([...reader.numbers("lowerBounds")]),
    restarts: Object.freeze(reader.list("restarts").map((item, index) => readRestart(readObject(item, `trace.restarts[${index}]`)))),
    ...present({ starts: reader.has("starts") ? readStarts(reader.object("starts")) : undefined }),
  });
}

function readStarts(reader: FieldReader): StartsTrace {
  return Object.freeze({
    tried: reader.count("tried"),
    reached: reader.count("reached"),
    spread: reader.number("spread"),
    passes: reader.count("passes"),
  });
}

function readBase(reader: FieldReader): FitTrace {
  return {
    kind: "direct",
    ...present({
      converged: reader.has("converged") ? reader.boolean("converged") : undefined,
      iterations: reader.has("iterations") ? reader.count("iterations") : undefined,
      seed: reader.has("seed") ? reader.number("seed") : undefined,
      backend: reader.has("backend") ? reader.string("backend") : undefined,
    }),
    diagnostics: readDiagnostics(reader),
  };
}

/** Version 1 filled in what a fit did not have: seed 0, the backend "none", one iteration without a bound. */
function firstVersion(reader: FieldReader): FitTrace {
  const iterated = reader.list("lowerBounds").length + reader.list("restarts").length > 0;
  return iterated ? iterativeTraceFromJSON(reader) : Object.freeze(firstBase(reader));
}

function firstBase(reader: FieldReader): FitTrace {
  const backend = reader.string("backend");
  const seed = reader.number("seed");
  return {
    kind: "direct",
    ...present({ seed: seed === 0 ? undefined : seed, backend: backend === "none" ? undefined : backend }),
    diagnostics: readDiagnostics(reader),
  };
}

function readDiagnostics(reader: FieldReader): readonly Diagnostic[] {
  return Object.freeze(reader.list("diagnostics").map((item, index) => readDiagnostic(readObject(item, `trace.diagnostics[${index}]`))));
}

function readRestart(reader: FieldReader): RestartTrace {
  return Object.freeze({
    restart: reader.count("restart"),
    converged: reader.boolean("converged"),
    iterations: reader.count("iterations"),
    ...present({ passes: reader.has("passes") ? reader.count("passes") : undefined }),
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
