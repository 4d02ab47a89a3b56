import type { Features } from "../features-json.ts";
import { featuresToJSON, readFeatures } from "../features-json.ts";
import type { FitTrace, IterativeTrace } from "../fit-trace.ts";
import type { FieldReader, ModelJSON } from "../model-json.ts";
import { modelJSON, readModelHeads, readObject } from "../model-json.ts";
import type { Provenance } from "../provenance.ts";
import { readProvenance } from "../provenance.ts";
import { present } from "../present.ts";
import { traceFromJSON, traceToJSON } from "../trace-json.ts";

/** The parts of every fitted model, of any kind, in addition to its own parameters. */
export interface ModelRecord<Trace extends FitTrace = FitTrace> extends Features {
  readonly trace: Trace;
  readonly provenance?: Provenance;
}

/** The trace of a model that no fit made, of a kind whose fits iterate. */
export const UNFITTED: IterativeTrace = /* @__PURE__ */ Object.freeze({
  kind: "iterative",
  converged: true,
  iterations: 0,
  lowerBounds: /* @__PURE__ */ Object.freeze([]),
  restarts: /* @__PURE__ */ Object.freeze([]),
  diagnostics: /* @__PURE__ */ Object.freeze([]),
});

/** A model as plain JSON data: heads, features, its own fields, trace and provenance. */
export function writeModel(type: string, record: ModelRecord, own: Readonly<Record<string, unknown>>): ModelJSON {
  return modelJSON(type, {
    features: featuresToJSON(record),
    ...own,
    trace: traceToJSON(record.trace),
    ...present({ provenance: record.provenance }),
  });
}

/**
 * Reads the parameters of a model from untrusted JSON: heads and features here, the rest by `own`. The trace is ignored.
 *
 * @param type the type that is expected, or those that are allowed
 * @param own reads the model's own fields; gets the type that was found
 * @throws MixturaError `invalid-model`, `unsupported-version`
 */
export function readParametersOf<Type extends string, Own extends object>(
  json: unknown,
  type: Type | readonly Type[],
  own: (reader: FieldReader, features: Features, type: Type) => Own,
): Own & Features {
  const reader = readObject(readModelHeads(json));
  const found = reader.oneOf("type", typeof type === "string" ? [type] : type);
  const features = readFeatures(reader);
  return { ...features, ...own(reader, features, found) };
}

/**
 * Reads a model from untrusted JSON: heads, features, trace and provenance here, all else by `own`.
 *
 * @param type the type that is expected, or those that are allowed
 * @param own reads the model's own fields; gets the type that was found
 * @param readTrace `iterativeTraceFromJSON` for models whose fits iterate
 * @throws MixturaError `invalid-model`, `unsupported-version`
 */
export function readModel<Type extends string, Own extends object, Trace extends FitTrace = FitTrace>(
  json: unknown,
  type: Type | readonly Type[],
  own: (reader: FieldReader, features: Features, type: Type) => Own,
  readTrace: (reader: FieldReader) => Trace = traceFromJSON as (reader: FieldReader) => Trace,
): Own & ModelRecord<Trace> {
  const heads = readModelHeads(json);
  const reader = readObject(heads);
  const parameters = readParametersOf(heads, type, own);
  return {
    ...parameters,
    trace: readTrace(reader.object("trace")),
    ...present({ provenance: reader.has("provenance") ? readProvenance(reader.object("provenance")) : undefined }),
  };
}
