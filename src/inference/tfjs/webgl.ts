/**
 * tfjs's WebGL 2 backend on a context of our own: software renderers are allowed (open.ts ranks them), losses noticed,
 * programs compiled without blocking where the browser can.
 */
import { env } from '@tensorflow/tfjs-core';
import { avgPoolConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/AvgPool';
import { concatConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Concat';
import { fusedConv2DConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/FusedConv2D';
import { fusedDepthwiseConv2DConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/FusedDepthwiseConv2D';
import { maxPoolConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/MaxPool';
import { sliceConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Slice';
import { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/backend_webgl';
import { setWebGLContext } from '@tensorflow/tfjs-backend-webgl/dist/canvas_util';
import { GPGPUContext } from '@tensorflow/tfjs-backend-webgl/dist/gpgpu_context';
import { lossSignal, installBackend } from './device';
import type { Device } from './device';
import { DeviceFault, Unavailable } from './errors';

const KERNELS = [
  avgPoolConfig,
  concatConfig,
  fusedConv2DConfig,
  fusedDepthwiseConv2DConfig,
  maxPoolConfig,
  sliceConfig,
];

/** Values in a texel of tfjs's packed textures. */
const VALUES_PER_TEXEL = 4;

/** Bytes of textures from which on tfjs deletes freed ones; without this it keeps all for reuse. */
const POOLED_BYTES = 256e6;

/** Starts the backend on a WebGL 2 context made by `probeWebgl`. */
export async function openWebgl(gl: WebGL2RenderingContext, renderer: string, software: boolean): Promise<Device> {
  const { lost, signal } = lossSignal();
  let disposed = false;
  gl.canvas.addEventListener('webglcontextlost', (event) => {
    event.preventDefault();
    if (!disposed) signal('the browser took the WebGL context away');
  });
  // Before anything asks for a flag: tfjs reads them off the context it knows, and would make one that forbids software.
  setWebGLContext(2, gl);
  env().set('WEBGL_VERSION', 2);
  env().set('WEBGL_DELETE_TEXTURE_THRESHOLD', POOLED_BYTES);
  // One program for all shapes of an op, not one for each: the first run takes a third of the time.
  env().set('WEBGL_USE_SHAPES_UNIFORMS', true);
  if (!env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')) {
    throw new Unavailable(
      `${renderer} cannot render to 32 bit float textures, and 16 bits are too few for right answers`,
    );
  }
  const backend = new MathBackendWebGL(new GPGPUContext(gl));
  await installBackend('webgl', backend, KERNELS);
  const side = env().getNumber('WEBGL_MAX_TEXTURE_SIZE');
  return {
    backend: 'webgl',
    adapter: renderer,
    software,
    threads: 0,
    limits: {
      // A 3×3 convolution is made a matrix product of nine times its input.
      tensor: {
        bytes: (side * side * VALUES_PER_TEXEL * 4) / 9,
        name: `WebGL's largest texture, ${side}×${side} texels`,
      },
      total: { bytes: Number.POSITIVE_INFINITY, name: 'memory of the GPU' },
    },
    asynchronous: true,
    lost,
    async compile(record, onProgress) {
      env().set('ENGINE_COMPILE_ONLY', true);
      try {
        record();
      } finally {
        env().set('ENGINE_COMPILE_ONLY', false);
      }
      onProgress(0, 1);
      await backend.checkCompileCompletionAsync();
      backend.getUniformLocations();
      onProgress(1, 1);
    },
    async checked(work) {
      const value = await work();
      const error = gl.isContextLost() ? gl.NO_ERROR : gl.getError();
      if (error === gl.OUT_OF_MEMORY) throw new DeviceFault('memory', 'WebGL ran out of memory');
      if (error !== gl.NO_ERROR) throw new DeviceFault('other', `WebGL reported error 0x${error.toString(16)}`);
      return value;
    },
    gpuBytes: () => backend.memory().numBytesInGPU,
    // Above POOLED_BYTES tfjs deletes textures by itself.
    trim: () => undefined,
    lose: () => gl.getExtension('WEBGL_lose_context')?.loseContext(),
    dispose() {
      disposed = true;
      backend.dispose();
      gl.getExtension('WEBGL_lose_context')?.loseContext();
    },
  };
}
