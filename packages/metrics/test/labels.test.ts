import { describe, expect, it } from "vitest";
import {
  adjustedMutualInfoScore,
  adjustedRandScore,
  averagePrecisionScore,
  precisionAtN,
  rocAucScore,
  silhouetteSamples,
  silhouetteScore,
} from "../src/index.ts";

/** What people pass for labels; three rows each, so that no length gives them away. */
const noLabels: readonly (readonly [string, unknown])[] = [
  ["a table", [[0], [1], [1]]],
  [
    "a table of two columns",
    [
      [0, 1],
      [1, 0],
      [1, 1],
    ],
  ],
  ["null", null],
  ["undefined", undefined],
  ["a promise", Promise.resolve([0, 1, 1])],
  ["a number", 3],
  ["a text", "abb"],
  ["a function", (_a: number, _b: number, _c: number) => 0],
  ["an object with no length", { data: [0, 1, 1], rows: 3 }],
  ["an object with a length that is none", { length: "3" }],
  ["a set", new Set([0, 1, 2])],
  ["records", [{ label: 0 }, { label: 1 }, { label: 1 }]],
  ["numbers and texts", [0, "1", 1]],
  ["booleans and numbers", [true, 1, 0]],
  ["labels of which one is null", ["a", null, "b"]],
  // eslint-disable-next-line no-sparse-arrays -- the case at hand
  ["labels with a hole", [0, , 1]],
  ["integers of 64 bits", BigInt64Array.of(0n, 1n, 1n)],
  ["symbols", [Symbol("a"), Symbol("b"), Symbol("a")]],
];

const right = [0, 1, 1];
const X = [[0], [1], [2]];
const scores = [1, 2, 3];

const measures: readonly (readonly [string, (labels: never) => unknown])[] = [
  ["adjustedRandScore, first", (labels) => adjustedRandScore(labels, right)],
  ["adjustedRandScore, second", (labels) => adjustedRandScore(right, labels)],
  ["adjustedMutualInfoScore, first", (labels) => adjustedMutualInfoScore(labels, right)],
  ["adjustedMutualInfoScore, second", (labels) => adjustedMutualInfoScore(right, labels)],
  ["silhouetteScore", (labels) => silhouetteScore(X, labels)],
  ["silhouetteSamples", (labels) => silhouetteSamples(X, labels)],
  ["rocAucScore", (labels) => rocAucScore(labels, scores)],
  ["averagePrecisionScore", (labels) => averagePrecisionScore(labels, scores)],
  ["precisionAtN", (labels) => precisionAtN(labels, scores)],
];

describe.each(measures)("%s takes labels only (#16)", (_, measure) => {
  it.each(noLabels)("and refuses %s", async (_title, labels) => {
    await expect((async () => measure(labels as never))()).rejects.toMatchObject({ code: "invalid-labels" });
  });
});

it("says which label is none, and what to do", () => {
  expect(() => adjustedRandScore([0, 1, "1"] as never, right)).toThrow(
    'adjustedRandScore: the label of row 2 is "1". The labels before it are of the type number; bring all to one type.',
  );
});

// scikit-learn 1.9.1, test_supervised.py, test_error_messages_on_wrong_input: each raises.
describe.each([
  ["adjustedRandScore", adjustedRandScore],
  ["adjustedMutualInfoScore", adjustedMutualInfoScore],
])("%s refuses what scikit-learn's own suite says to refuse (#16)", (_, score) => {
  it.each<[readonly unknown[], readonly unknown[], string]>([
    [[0, 1], [1, 1, 1], "invalid-shape"],
    [
      [
        [0, 1],
        [1, 0],
      ],
      [1, 1, 1],
      "invalid-labels",
    ],
    [
      [0, 1, 0],
      [
        [1, 1],
        [0, 0],
      ],
      "invalid-labels",
    ],
  ])("%j and %j", (first, second, code) => {
    expect(() => score(first as never, second as never)).toThrow(expect.objectContaining({ code }));
  });
});

it.each([["rocAucScore", rocAucScore] as const, ["averagePrecisionScore", averagePrecisionScore] as const])(
  "%s refuses scores that are no list, and takes null for no options",
  (_, score) => {
    for (const bad of [null, undefined, 5, "abc", {}, Promise.resolve(scores)]) {
      expect(() => score(right, bad as never)).toThrow(expect.objectContaining({ code: "invalid-shape" }));
    }
    expect(score(right, scores, null as never)).toBe(score(right, scores));
  },
);
