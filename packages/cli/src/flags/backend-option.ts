import { Option } from "commander";
import { BACKEND_NAMES } from "../backends.ts";

/** `--backend`. */
export function backendOption(): Option {
  return new Option(
    "--backend <name>",
    "The backend of the arithmetic; auto takes WebAssembly for large data. tfjs-… compute in single precision. See mixtura backends.",
  )
    .choices(BACKEND_NAMES)
    .default("auto")
    .helpGroup("Output:");
}
