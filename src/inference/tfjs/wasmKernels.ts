/**
 * Concat, Slice and BN + ReLU for tfjs's wasm backend, in place of its own. tfjs's concat and slice are JavaScript that
 * makes two objects per pixel, and its slice copies the whole tensor first; its multiply-add wakes every thread for what
 * one does sooner by itself. Here each is a loop of rowProgram.ts in tfjs's memory. Float32 and what plans need, no more:
 * anything else is an error, not another way round.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm';
import type { KernelConfig, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import { rowProgram } from './rowProgram';
import type { RowProgram } from './rowProgram';

const BYTES = 4;

/** Where a backend's tensors lie, and what works on them there. */
interface Place {
  readonly program: RowProgram;
  readonly address: (tensor: TensorInfo) => number;
  readonly make: (shape: number[]) => TensorInfo;
}

/** By backend: after a restart in the same worker the kernels, which tfjs keeps, belong to another one. */
const places = new WeakMap<object, Place>();

/** tfjs's own memory. @throws Error where its module does not show it. */
function memoryOf(module: object): WebAssembly.Memory {
  const exported: unknown = Reflect.get(module, 'asm');
  const own: unknown = exported !== null && typeof exported === 'object' ? Reflect.get(exported, 'memory') : undefined;
  // With threads it is made outside of the module, for all of them.
  const memory = Reflect.get(module, 'wasmMemory') ?? own;
  if (memory instanceof WebAssembly.Memory) return memory;
  throw new Error('tfjs’s wasm module does not show its memory');
}

/**
 * Makes `wasmKernels` work on a backend.
 * @throws WebAssembly.CompileError where there is no SIMD.
 */
export function serveWasmKernels(backend: BackendWasm): void {
  places.set(backend, {
    program: rowProgram(memoryOf(backend.wasm)),
    address: ({ dataId }) => backend.getMemoryOffset(dataId),
    make: (shape) => backend.makeOutput(shape, 'float32'),
  });
}

const sizeOf = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1);

/** An attribute as a list of numbers. */
const numbers = (value: NamedAttrMap[string] | undefined): readonly number[] =>
  (Array.isArray(value) ? value : [value]).map(Number);

function float(tensor: TensorInfo | undefined, what: string): TensorInfo {
  if (tensor?.dtype === 'float32') return tensor;
  throw new Error(`${what} is ${tensor?.dtype ?? 'missing'}, not float32`);
}

/** Joins tensors whose shapes agree but for the last axis, along that. */
function concat(
  { program, address, make }: Place,
  inputs: readonly (TensorInfo | undefined)[],
  attributes: NamedAttrMap,
): TensorInfo {
  const [first] = inputs;
  const outer = float(first, 'the first input').shape.slice(0, -1);
  const [axis = NaN] = numbers(attributes['axis']);
  if (axis !== outer.length && axis !== -1) throw new Error(`joins along axis ${outer.length} only, not ${axis}`);
  const parts = inputs.map((input, index) => {
    const part = float(input, `input ${index}`);
    const { shape } = part;
    const width = shape.at(-1);
    if (width === undefined || shape.slice(0, -1).join() !== outer.join())
      throw new Error(`[${shape.join()}] cannot be joined to [${first?.shape.join()}]`);
    return { part, width };
  });
  const total = parts.reduce((sum, { width }) => sum + width, 0);
  const made = make([...outer, total]);
  const rows = sizeOf(outer);
  let to = address(made);
  for (const { part, width } of parts) {
    const length = width * BYTES;
    if (rows > 0 && length > 0) program.copyRows(address(part), to, rows, length, length, total * BYTES);
    to += length;
  }
  return made;
}

/** A range of the last axis, for all of the other axes or for their first place alone. */
function slice({ program, address, make }: Place, x: TensorInfo, attributes: NamedAttrMap): TensorInfo {
  const begin = numbers(attributes['begin']);
  const size = numbers(attributes['size']);
  const { shape } = float(x, 'the input');
  const outer = shape.slice(0, -1);
  const width = shape.at(-1) ?? 0;
  const from = begin.at(-1) ?? NaN;
  const length = size.at(-1) ?? NaN;
  const whole = outer.every((extent, at) => begin[at] === 0 && size[at] === extent);
  const corner = outer.every((_, at) => begin[at] === 0 && size[at] === 1);
  const fits = begin.length === shape.length && size.length === shape.length && from >= 0 && from + length <= width;
  if (!fits || length < 0 || !(whole || corner))
    throw new Error(`cuts channels only: not [${size.join()}] at [${begin.join()}] out of [${shape.join()}]`);
  const made = make([...size]);
  const rows = sizeOf(size.slice(0, -1));
  if (rows > 0 && length > 0)
    program.copyRows(address(x) + from * BYTES, address(made), rows, length * BYTES, width * BYTES, length * BYTES);
  return made;
}

/** A depthwise convolution with a 1×1 kernel, a bias and a ReLU: max(scale·x + shift, 0) for each channel. */
function scaleRelu(
  { program, address, make }: Place,
  inputs: Readonly<Record<string, TensorInfo | undefined>>,
  attributes: NamedAttrMap,
): TensorInfo {
  const x = float(inputs['x'], 'the input');
  const filter = float(inputs['filter'], 'the scale');
  const bias = float(inputs['bias'], 'the shift');
  const channels = x.shape.at(-1) ?? 0;
  const { activation, pad } = attributes;
  const strides = numbers(attributes['strides']);
  if (
    filter.shape.join() !== `1,1,${channels},1` ||
    bias.shape.join() !== `${channels}` ||
    strides.some((stride) => stride !== 1) ||
    activation !== 'relu' ||
    pad !== 'valid'
  )
    throw new Error(
      `scales channels only: not [${x.shape.join()}] by [${filter.shape.join()}] and [${bias.shape.join()}] ` +
        `with strides ${strides.join()}, ${JSON.stringify({ pad, activation })}`,
    );
  const made = make([...x.shape]);
  const rows = sizeOf(x.shape.slice(0, -1));
  if (rows > 0 && channels > 0)
    program.scaleRelu(address(x), address(made), rows, channels * BYTES, address(filter), address(bias));
  return made;
}

function placeOf(backend: object): Place {
  const place = places.get(backend);
  if (!place) throw new Error('this backend was not prepared for these kernels');
  return place;
}

/** To be registered in place of tfjs's own of these names. A list of inputs comes as names that are numbers. */
export const wasmKernels: readonly KernelConfig[] = [
  {
    kernelName: 'Concat',
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend, attrs = {} }) => concat(placeOf(backend), Object.values(inputs), attrs),
  },
  {
    kernelName: 'Slice',
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend, attrs = {} }) => slice(placeOf(backend), float(inputs['x'], 'the input'), attrs),
  },
  {
    kernelName: 'FusedDepthwiseConv2D',
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend, attrs = {} }) => scaleRelu(placeOf(backend), inputs, attrs),
  },
];
