import { matrix } from "@mixtura/core";
import { GaussianMixture } from "mixtura";
import { describe, expect, it } from "vitest";
import { projected, projectionOf, rangesOf, rowAt } from "../src/data/projection.ts";
import { contourPath } from "../src/stage/contour-path.ts";
import { meansOutside } from "../src/stage/outside.ts";
import type { Box } from "../src/stage/scale.ts";
import { boxOf, frameOf, rounded, scaleOf, ticksOf } from "../src/stage/scale.ts";
import { drawRows } from "../src/stage/draw-points.ts";
import { ellipsesOf } from "../src/stage/ellipse.ts";
import { nearestRow, rowsNear } from "../src/stage/nearest.ts";
import { shapesOf } from "../src/worker/shapes.ts";

const truth = GaussianMixture.fromParameters({
  weights: [1],
  means: [[5, -3, 100]],
  covariances: [
    [
      [4, 1, 0],
      [1, 2, 0],
      [0, 0, 900],
    ],
  ],
});
const { X } = truth.sample(1000, { randomState: 1 });
const names = ["a", "b", "c"];

describe("a plane", () => {
  it("knows from where to where each feature reaches, and where a hand draws while there are no rows", () => {
    expect(rangesOf(matrix(Float64Array.of(1, 5, -2, 5), 2, 2))).toEqual([
      [-2, 1],
      [5, 5],
    ]);
    expect(rangesOf(matrix(new Float64Array(0), 0, 1))).toEqual([[0, 10]]);
  });

  it("of two features shows their values", () => {
    const plane = projectionOf(X, names, { kind: "plane", across: 2, up: 0 });
    const points = projected(X, plane);
    expect([points[0], points[1]]).toEqual([X.data[2], X.data[0]]);
    expect(plane.names).toEqual(["c", "a"]);
  });

  it("of principal components keeps features of great numbers from deciding it", () => {
    const plane = projectionOf(X, names, { kind: "principal" });
    const points = projected(X, plane);
    const squares = [0, 1].map((axis) => points.reduce((sum, value, at) => (at % 2 === axis ? sum + value * value : sum), 0) / X.rows);
    // Variances along principal axes of standardised features sum to at most their number, and the first is the largest.
    expect(squares[0]!).toBeGreaterThan(squares[1]!);
    expect(squares[0]!).toBeLessThan(3);
  });

  it.each([{ kind: "plane", across: 0, up: 1 } as const, { kind: "principal" } as const])(
    "of $kind: a point of it stands for a row that lies there",
    (view) => {
      const plane = projectionOf(X, names, view);
      const row = rowAt(plane, 1.25, -0.5);
      const [x, y] = projected(matrix(row, 1, 3), plane);
      // Eigenvectors are orthonormal to rounding.
      expect(x).toBeCloseTo(1.25, 9);
      expect(y).toBeCloseTo(-0.5, 9);
    },
  );

  it("of principal components counts no column whose spread cannot be drawn, and takes the largest numbers (#16)", () => {
    const cells = Array.from({ length: 30 }, (_, i) => [(1 + (i % 7)) * 1e-320, i % 2 === 0 ? 1.7e308 : -1.7e308, i, (i * i) % 7, 0.1]);
    const rows = matrix(Float64Array.from(cells.flat()), 30, 5);
    const plane = projectionOf(rows, ["a", "b", "c", "d", "e"], { kind: "principal" });
    const points = projected(rows, plane);
    expect([...plane.weights, ...plane.back].every(Number.isFinite)).toBe(true);
    // Three columns with a spread: each point lies within a few standard deviations of their sum.
    expect(points.every((value) => Math.abs(value) < 6)).toBe(true);
    expect(plane.names.join()).not.toMatch(/NaN/);
    expect([plane.back[0], plane.back[8]].map((value) => Math.abs(value!))).toEqual([0, 0]);
  });

  it("shows components as the rows lie: mean and covariance of the projected rows", () => {
    const plane = projectionOf(X, names, { kind: "principal" });
    const [, mx, my, xx, xy, yy] = shapesOf(truth, plane)!;
    const points = projected(X, plane);
    const mean = [0, 1].map((axis) => points.reduce((sum, value, at) => (at % 2 === axis ? sum + value : sum), 0) / X.rows);
    const second = (a: number, b: number): number =>
      Array.from({ length: X.rows }, (_, i) => (points[2 * i + a]! - mean[a]!) * (points[2 * i + b]! - mean[b]!)).reduce(
        (sum, value) => sum + value,
        0,
      ) / X.rows;
    // 1000 rows: standard errors of means 0.03, of variances about 0.05.
    expect(Math.abs(mx! - mean[0]!) + Math.abs(my! - mean[1]!)).toBeLessThan(0.2);
    expect(Math.abs(xx! - second(0, 0)) + Math.abs(xy! - second(0, 1)) + Math.abs(yy! - second(1, 1))).toBeLessThan(0.3);
  });
});

describe("the screen", () => {
  const points = Float64Array.of(0, 0, 10, 5, 5, 2.5);
  const scale = scaleOf(frameOf(600, 400), boxOf(points));

  it("goes back to where it came from", () => {
    expect(scale.across(scale.x(3.5))).toBeCloseTo(3.5, 12);
    expect(scale.up(scale.y(-1))).toBeCloseTo(-1, 12);
  });

  it("has room around all rows, also around one or none", () => {
    expect(boxOf(points)[0]).toBeLessThan(0);
    expect(boxOf(Float64Array.of(3, 3))[2]).toBeGreaterThan(3);
    expect(boxOf(new Float64Array(0))).toEqual([0, 0, 10, 10]);
  });

  it.each([
    ["no width that doubles can part", [1, 1 + 2 ** -52]],
    ["numbers without all their digits", [0, 5e-324]],
    ["squares that underflow", [1e-320, 7e-320]],
    ["one number", [1e-320, 1e-320]],
    ["one large number", [1e300, 1e300]],
    ["steps of 1 at 1e15", [1e15, 1e15 + 8]],
    ["a way longer than the largest double", [-1.7e308, 1.7e308]],
    ["the largest double", [Number.MAX_VALUE, Number.MAX_VALUE]],
    ["the usual", [-2, 7.5]],
  ])("has room and round numbers for rows of %s (#16)", (_, [low, high]) => {
    const box = boxOf(Float64Array.of(low!, high!, high!, low!));
    const place = scaleOf(frameOf(600, 400), box);
    const { left, right, top, bottom } = place.frame;
    for (const value of [low!, high!]) {
      expect(place.x(value)).toBeGreaterThanOrEqual(left);
      expect(place.x(value)).toBeLessThanOrEqual(right);
      expect(place.y(value)).toBeGreaterThanOrEqual(top);
      expect(place.y(value)).toBeLessThanOrEqual(bottom);
    }
    // Neighbouring pixels are different numbers, and so are neighbouring ticks.
    expect(place.across(301)).toBeGreaterThan(place.across(300));
    for (const { ticks } of Object.values(ticksOf(place))) {
      expect(ticks.length).toBeGreaterThan(1);
      expect(new Set(ticks.map(({ text }) => text)).size).toBe(ticks.length);
      expect(new Set(ticks.map(({ at }) => at)).size).toBe(ticks.length);
    }
    expect(place.unit.every((pixels) => Number.isFinite(pixels) && pixels > 0)).toBe(true);
  });

  it("rounds to a millionth of the picture, wherever that lies (#16)", () => {
    expect(rounded(3.14159265, -2, 8)).toBe(3.14159);
    expect(rounded(1e8 + 3.14159265, 1e8, 1e8 + 10)).toBe(1e8 + 3.14159);
    expect(rounded(1e15 + 3, 1e15, 1e15 + 8)).toBe(1e15 + 3);
    expect(rounded(7, 7, 7)).toBe(7);
  });

  it("draws rows in the pixels that its axes say, however far 0 is (#16)", () => {
    const far = boxOf(Float64Array.of(1e15, 1e15, 1e15 + 8, 1e15 + 8));
    const place = scaleOf(frameOf(600, 400), far);
    const raster = { pixels: new Uint32Array(600 * 400), width: 600, height: 400, ratio: 1 };
    drawRows(raster, place, Float64Array.of(1e15 + 3, 1e15 + 6), Uint32Array.of(0xffffffff));
    expect(raster.pixels[Math.round(place.y(1e15 + 6)) * 600 + Math.round(place.x(1e15 + 3))]).not.toBe(0);
  });

  it("leaves out components that no picture reaches (#16)", () => {
    const component = (x: number, variance: number): readonly number[] => [0.5, x, 0, variance, 0, variance];
    for (const [x, variance] of [
      [1e300, 1],
      [-1.7e308, 1],
      [0, 1e300],
      [Infinity, Number.NaN],
    ])
      expect(ellipsesOf(Float64Array.of(...component(x!, variance!), ...component(5, 1)), scale).map(({ component: k }) => k)).toEqual([1]);
  });

  it("marks means that lie outside at the edge where they are missing (#18)", () => {
    const component = (weight: number, x: number, y: number): readonly number[] => [weight, x, y, 1, 0, 1];
    const shapes = Float64Array.of(
      ...component(0.4, 5, 2.5),
      ...component(0.3, 1e9, 2),
      ...component(0.3, 5, -4000),
      ...component(0, -90, 0),
    );

    expect(meansOutside(shapes, scale, 0.001)).toEqual([
      { component: 1, x: scale.frame.right, y: scale.y(2), towards: "right" },
      { component: 2, x: scale.x(5), y: scale.frame.bottom, towards: "down" },
    ]);
  });

  it("draws no line where a region ends only because its map does (#18)", () => {
    const at = { x: (value: number) => value, y: (value: number) => value };
    const ring = Float64Array.of(0, 4, 5, 5, 10, 4, 10, 0, 0, 0, 0, 4);

    expect(contourPath({ level: 1, mass: 0.5, rings: [ring] }, at, [0, 0, 10, 10])).toBe(
      "M0.0 4.0L5.0 5.0L10.0 4.0M10.0 0.0M0.0 0.0M0.0 4.0",
    );
  });

  it("finds the row under the hand", () => {
    expect(nearestRow(points, scale, scale.x(10) + 3, scale.y(5), 10)).toBe(1);
    expect(nearestRow(points, scale, scale.x(7), scale.y(1), 10)).toBeUndefined();
    expect(rowsNear(points, scale, scale.x(5), scale.y(2.5), 5)).toEqual([2]);
  });

  it("draws one standard deviation of a round component as a circle of the plane", () => {
    const [ellipse] = ellipsesOf(Float64Array.of(1, 5, 2.5, 1, 0, 1), scale);
    const across = scale.x(1) - scale.x(0);
    const up = scale.y(0) - scale.y(1);
    expect(ellipse!.axes!.long).toBeCloseTo(Math.max(across, up), 9);
    expect(ellipse!.axes!.short).toBeCloseTo(Math.min(across, up), 9);
  });

  it("writes ticks that can be told apart", () => {
    const across = (box: Box): string[] => ticksOf({ frame: frameOf(600, 400), box }).across.ticks.map(({ text }) => text);

    expect(across([0, 0, 1, 1])).toEqual(["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
    expect(across([1e8, 0, 1e8 + 5, 1])).toEqual(["0", "1", "2", "3", "4", "5"]);
    expect(ticksOf({ frame: frameOf(600, 400), box: [1e8, 0, 1e8 + 5, 1] }).across.note).toBe("+ 100,000,000");
    expect(across([-2, 0, 2, 1])).toContain("−2.0");
  });
});
