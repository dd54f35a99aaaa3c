/** Asks the browser for GPU adapters, without tfjs: what is there, what it is called, and whether it is software. */

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|software|microsoft basic render|\bwarp\b/i;

/** Whether an adapter's or renderer's name is that of a software implementation. */
export function isSoftwareName(name: string): boolean {
  return SOFTWARE.test(name);
}

/** What asking for a GPU gave. */
export type Probe<T> =
  | { readonly found: T; readonly name: string; readonly software: boolean }
  | { readonly found: undefined; readonly reason: string };

/** An adapter's name for people, e.g. "nvidia ampere" or "google swiftshader"; browsers keep most of it to themselves. */
export function adapterName(info: Pick<GPUAdapterInfo, 'vendor' | 'architecture' | 'device' | 'description'>): string {
  if (info.description) return info.description;
  return [info.vendor, info.architecture, info.device].filter((part) => part !== '').join(' ') || 'unnamed adapter';
}

/** Requests a WebGPU adapter. */
export async function probeWebgpu(): Promise<Probe<GPUAdapter>> {
  const missing = (reason: string) => ({ found: undefined, reason });
  if (typeof navigator === 'undefined' || !('gpu' in navigator)) {
    const secure = typeof isSecureContext === 'undefined' || isSecureContext;
    return missing(secure ? 'this browser has no WebGPU' : 'WebGPU needs https or localhost');
  }
  try {
    const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) return missing('the browser has WebGPU but found no adapter for it');
    const { info } = adapter;
    const words = [info.vendor, info.architecture, info.device, info.description].join(' ');
    // The flag moved from the adapter to its info.
    const fallback = ('isFallbackAdapter' in info && info.isFallbackAdapter) === true;
    return { found: adapter, name: adapterName(info), software: fallback || isSoftwareName(words) };
  } catch (error) {
    return missing(`asking for a WebGPU adapter failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Makes a WebGL 2 context on a canvas of its own. */
export function probeWebgl(): Probe<WebGL2RenderingContext> {
  const missing = (reason: string) => ({ found: undefined, reason });
  if (typeof OffscreenCanvas === 'undefined')
    return missing('this browser has no OffscreenCanvas for WebGL in a worker');
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2', {
    alpha: false,
    antialias: false,
    depth: false,
    stencil: false,
    premultipliedAlpha: false,
    preserveDrawingBuffer: false,
    powerPreference: 'high-performance',
  });
  if (!gl) return missing('the browser gave no WebGL 2 context');
  const unmasked = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(unmasked ? unmasked.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  if (!gl.getExtension('EXT_color_buffer_float')) {
    gl.getExtension('WEBGL_lose_context')?.loseContext();
    return missing(`${name} cannot render to float textures`);
  }
  return { found: gl, name, software: isSoftwareName(name) };
}
