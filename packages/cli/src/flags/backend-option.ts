import { Option } from "commander";
import { BACKENDS } from "../backends.ts";

/** `--backend`. */
export function backendOption(): Option {
  return new Option("--backend <name>", "Where the arithmetic runs.")
    .choices(Object.keys(BACKENDS))
    .default("reference")
    .helpGroup("Output:");
}
