// What a platform has, found out without loading anything. The globals are looked up by name: not every platform knows them.
interface Globals {
  readonly WebAssembly?: object;
  readonly crossOriginIsolated?: boolean;
  readonly navigator?: { readonly gpu?: { requestAdapter(): Promise<unknown> } };
  readonly OffscreenCanvas?: new (width: number, height: number) => { getContext(kind: "webgl2"): unknown };
}

const globals = globalThis as unknown as Globals;

export function nothingMissing(): undefined {
  return undefined;
}

export function webAssemblyMissing(): string | undefined {
  return globals.WebAssembly !== undefined ? undefined : "There is no WebAssembly here.";
}

export function threadsMissing(): string | undefined {
  if (globals.crossOriginIsolated === false)
    return "Threads share memory, which a page may only when it is served cross-origin isolated. This one is not.";
  return webAssemblyMissing();
}

export async function webGPUMissing(): Promise<string | undefined> {
  const gpu = globals.navigator?.gpu;
  if (gpu === undefined) return "There is no WebGPU here.";
  const adapter = await gpu.requestAdapter().catch(() => null);
  return adapter == null ? "There is no graphics processor for WebGPU here." : undefined;
}

/** Off the page's thread, where fits run. */
export function webGLMissing(): string | undefined {
  const { OffscreenCanvas: Canvas } = globals;
  return Canvas !== undefined && new Canvas(1, 1).getContext("webgl2") !== null
    ? undefined
    : "There is no WebGL 2 off the page's thread here.";
}
