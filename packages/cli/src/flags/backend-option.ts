import { Option } from "commander";
import { BACKEND_NAMES } from "../backends.ts";

/** `--backend`. */
export function backendOption(): Option {
  return new Option(
    "--backend <name>",
    "Where the arithmetic runs; auto takes WebAssembly where the work is worth loading it. tfjs-… compute in single precision. See mixtura backends.",
  )
    .choices(BACKEND_NAMES)
    .default("auto")
    .helpGroup("Output:");
}
