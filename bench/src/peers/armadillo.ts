import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { CovarianceType } from "@mixtura/mixture";
import type { Found } from "./peer.ts";

/** Armadillo's mixtures, in a C++ program that is compiled for this machine when the benchmark starts. */
export interface Armadillo {
  readonly name: string;
  readonly description: string;
  /** One fit, in a process of its own: seconds per iteration, and the mean log-likelihood after all iterations. */
  fit(request: ArmadilloFit): Promise<{ readonly seconds: number; readonly score: number }>;
}

/** A fit from an explicit start; at least two iterations, since the time is taken from the end of the first to the end of the last. */
export interface ArmadilloFit {
  readonly path: string;
  readonly rows: number;
  readonly features: number;
  readonly covarianceType: CovarianceType;
  readonly weights: readonly number[];
  readonly means: readonly (readonly number[])[];
  readonly covariances: readonly (readonly (readonly number[])[])[];
  readonly iterations: number;
}

const SOURCE = join(import.meta.dirname, "armadillo_peer.cpp");

const run = promisify(execFile);

/**
 * Compiles the program; needs a C++ compiler (the environment variable CXX names one, else `g++`) and Armadillo (Debian: libarmadillo-dev).
 *
 * @param folder for the program; the caller removes it
 */
export async function findArmadillo(folder: string, threads: number, compiler = process.env["CXX"] ?? "g++"): Promise<Found<Armadillo>> {
  const name = "Armadillo";
  const program = join(folder, "armadillo-peer");
  try {
    await run(compiler, ["-O3", "-march=native", "-fopenmp", SOURCE, "-o", program, "-larmadillo"]);
    const { version } = await answer(program, [], threads);
    const words = `${name}: ${String(version)}, -O3 -march=native, OpenMP with ${threads} ${threads === 1 ? "thread" : "threads"}`;
    return { present: true, peer: { name, description: words, fit: (request) => fit(program, folder, request, threads) } };
  } catch (error) {
    return { present: false, absent: { name, reason: reasonOf(error, compiler) } };
  }
}

async function fit(program: string, folder: string, request: ArmadilloFit, threads: number): Promise<{ seconds: number; score: number }> {
  const { path, rows, features, weights, means, covariances, iterations, covarianceType } = request;
  const start = join(folder, "start.f64");
  writeFileSync(start, Float64Array.from([...weights, ...means.flat(), ...covariances.flat(2)]));
  const words = [path, rows, features, start, weights.length, iterations, covarianceType].map(String);
  const { seconds, score } = await answer(program, words, threads);
  return { seconds: Number(seconds), score: Number(score) };
}

async function answer(program: string, args: readonly string[], threads: number): Promise<Record<string, unknown>> {
  const { stdout } = await run(program, [...args], { env: { ...process.env, OMP_NUM_THREADS: String(threads) } });
  const words = JSON.parse(stdout) as Record<string, unknown>;
  if (typeof words["error"] === "string") throw new Error(words["error"]);
  return words;
}

function reasonOf(error: unknown, compiler: string): string {
  const { code, stderr = "", message } = error as NodeJS.ErrnoException & { stderr?: string };
  if (code === "ENOENT") return `${compiler} is not installed`;
  const complaint = stderr.split("\n").find((line) => line.includes("error")) ?? message.split("\n")[0]!;
  return complaint.replace(/^.*?error: /, "");
}
