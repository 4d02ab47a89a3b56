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
    return (await loaded(library, load)) as Library;
  } catch (error) {
    const [name] = library.split("/") as [string];
    const { process } = globalThis as { readonly process?: { readonly versions?: { readonly node?: string } } };
    const bundled = process?.versions?.node === undefined ? "; in a bundle, pass loadLibrary: (name) => import(…) in the context" : "";
    throw new MixturaError(
      "not-supported",
      `${file}, which the package ${name} reads. Run npm install ${name}${bundled}.`,
      { feature: name },
      { cause: error },
    );
  }
}

async function loaded(library: OptionalLibrary, load: LoadLibrary | undefined): Promise<object> {
  try {
    // Not for bundlers to look up: most programs read no such files.
    return (await import(/* @vite-ignore */ /* webpackIgnore: true */ library)) as object;
  } catch (error) {
    if (load === undefined) throw error;
    return load(library);
  }
}
