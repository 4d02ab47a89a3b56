import { zeros } from "@mixtura/core/internal";
import type { Primitives } from "../contract.ts";
import type { Keep } from "./handles.ts";

/** Numbers that the formulas need on the device, each a 1×1 handle. */
export interface Constants<H> {
  readonly one: H;
  readonly minusOne: H;
  /** 2⁻⁵³: a responsibility above it is live. */
  readonly live: H;
  /** A power of two that lifts the smallest difference that matters above {@link Constants.steep}. */
  readonly huge: H;
  /** A number whose exponential is infinite, and whose negative's is zero. */
  readonly steep: H;
}

const NAMES = ["one", "minusOne", "live", "huge", "steep"] as const;

/** Brings the constants to the device, in one upload. */
export async function placeConstants<H>(device: Primitives<H>, keep: Keep<H>): Promise<Constants<H>> {
  const values = Float64Array.of(1, -1, 2 ** -53, hugeOf(device.precision), 1000);
  const column = keep(await device.upload({ data: values, rows: values.length, columns: 1 }));
  const entries = NAMES.map((name, row) => [name, keep(device.sliceRows(column, row, row + 1))] as const);
  return Object.fromEntries(entries) as unknown as Constants<H>;
}

/** A column of one repeated number, rows×1. */
export async function placeColumn<H>(device: Primitives<H>, keep: Keep<H>, rows: number, value: number): Promise<H> {
  const column = zeros(rows, 1);
  column.data.fill(value);
  return keep(await device.upload(column));
}

/** 1 where an element is above the 1×1 `threshold`, 0 elsewhere, made without a comparison: 1 / (1 + exp(steep − huge (a − threshold))). */
export function above<H>(device: Primitives<H>, a: H, threshold: H, { huge, steep, one }: Constants<H>): H {
  const exponent = device.subtract(steep, device.multiply(device.subtract(a, threshold), huge));
  return device.divide(one, device.add(device.exp(exponent), one));
}

/** 1 where an element of whole numbers equals the 1×1 `wanted`, 0 elsewhere. */
export function equals<H>(device: Primitives<H>, a: H, wanted: H, { huge, steep, one }: Constants<H>): H {
  const exponent = device.subtract(device.multiply(device.square(device.subtract(a, wanted)), huge), steep);
  return device.divide(one, device.add(device.exp(exponent), one));
}

/**
 * What the log-term of one component is raised to where it would be −Infinity, so that a row too far from everything still has a finite
 * largest term and no difference of infinities arises. Results this low are reported as −Infinity: see {@link orMinusInfinity}.
 */
export function lowestTerm(precision: Primitives<unknown>["precision"]): number {
  return precision === "float64" ? -(2 ** 990) : -(2 ** 100);
}

/** A log-density as it came from the device, with the substitute for −Infinity turned back. */
export function orMinusInfinity(logDensity: number, lowest: number): number {
  return logDensity <= lowest / 2 ? -Infinity : logDensity;
}

function hugeOf(precision: Primitives<unknown>["precision"]): number {
  return precision === "float64" ? 2 ** 1000 : 2 ** 100;
}
