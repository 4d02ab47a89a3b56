import { Option } from "commander";
import { BACKENDS } from "../backends.ts";

/** `--backend`. */
export function backendOption(): Option {
  return new Option("--backend <name>", "Where the arithmetic runs; auto takes WebAssembly where the work is worth loading it.")
    .choices(Object.keys(BACKENDS))
    .default("auto")
    .helpGroup("Output:");
}
