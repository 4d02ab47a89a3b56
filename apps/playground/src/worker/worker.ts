import * as Comlink from "comlink";
import type { ModelChoice } from "../state/state.ts";
import { answered } from "./answer.ts";
import { listBackends } from "./backends.ts";
import { Workshop } from "./engine.ts";
import { measure } from "./measuring.ts";
import type { BackendMeasure, Engine } from "./protocol.ts";

const workshop = new Workshop();

/** Numbers change hands instead of being copied. */
function handed<T>(value: T, ...arrays: (ArrayBufferView | undefined)[]): T {
  const buffers = arrays.flatMap((array) => (array?.buffer instanceof ArrayBuffer ? [array.buffer] : []));
  return Comlink.transfer(value as object, buffers) as T;
}

const engine: Engine = {
  open: (request) =>
    answered(() => workshop.open(request)).then((answer) => (answer.ok ? handed(answer, answer.value.plane.points) : answer)),
  cancelOpening: () => workshop.cancel("open"),
  project: (view) => answered(() => workshop.project(view)).then((answer) => (answer.ok ? handed(answer, answer.value.points) : answer)),
  fit: (request, report) =>
    answered(() => workshop.fit(request, report)).then((answer) =>
      answer.ok ? handed(answer, answer.value.scores, answer.value.sortedScores) : answer,
    ),
  fitCompared: (type) => answered(() => workshop.fitCompared(type)),
  adopt: (candidate) => answered(() => workshop.adopt(candidate)),
  load: (text) => answered(() => workshop.load(text)),
  cancel: () => workshop.cancel("fit", "second", "search", "measure"),
  lift: (points, from) => answered(() => workshop.lift(points, from)),
  shapes: () => answered(() => workshop.shapes()),
  colours: (palette, step) =>
    answered(() => workshop.colours(palette, step)).then((answer) => (answer.ok ? handed(answer, answer.value) : answer)),
  scoreMap: (slot, box, size) => answered(() => workshop.scoreMap(slot, box, size)),
  contours: (slot, levels, masses) => answered(() => workshop.contours(slot, levels, masses)),
  explain: (at) => answered(() => workshop.explain(at)),
  boxProbability: (box) => answered(() => workshop.boxProbability(box)),
  drawScores: () => answered(() => workshop.drawScores()).then((answer) => (answer.ok ? handed(answer, answer.value) : answer)),
  select: (choice, seed, backend, report) => answered(() => workshop.select(choice, seed, backend, report)),
  backends: () => answered(listBackends),
  measure: (names, model: ModelChoice, report: (row: BackendMeasure) => void) =>
    answered(() => measure(names, model, workshop.rows!.X, workshop.begin("measure"), report)),
  modelText: async () => answered(async () => (await import("./files.ts")).modelText(workshop)),
  csvText: async (threshold) => answered(async () => (await import("./files.ts")).csvOfRows(workshop, threshold)),
  picture: async (request) => answered(async () => (await import("./files.ts")).pictureOf(workshop, request)),
};

Comlink.expose(engine);
