import { MixturaError } from "@mixtura/core";

/** A package that is needed for some files only, and that is not installed with this one. */
export type OptionalLibrary = "fzstd" | "read-excel-file/universal";

/** Loads such a package. */
export type LoadLibrary = (library: OptionalLibrary) => Promise<object>;

/**
 * Loads a package by its name, or in the way that the caller knows.
 *
 * @param file what needs it: "x.csv.zst is compressed with Zstandard"
 * @throws MixturaError `not-supported` with what to install
 */
export async function optionalLibrary<Library>(library: OptionalLibrary, file: string, load: LoadLibrary | undefined): Promise<Library> {
  try {
    // Not for bundlers to look up: most programs read no such files.
    return (await (load === undefined ? import(/* @vite-ignore */ /* webpackIgnore: true */ library) : load(library))) as Library;
  } catch (error) {
    const [name] = library.split("/") as [string];
    throw new MixturaError(
      "not-supported",
      `${file}, which the package ${name} reads. Run npm install ${name}; in a bundle, pass loadLibrary: (name) => import(…) in the context.`,
      { feature: name },
      { cause: error },
    );
  }
}
