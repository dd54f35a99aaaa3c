/** ONNX's messages (onnx.proto3, IR 8) from plain values. Knows nothing of networks: exportOnnx.ts does. */
import { Message } from './protobuf';

/** Opset of the default domain. */
export const OPSET = 17;
const IR_VERSION = 8;
const FLOAT = 1;
const INT64 = 7;

/** Integers, lists of integers, or `{ float }`. */
export type Attribute = number | readonly number[] | { readonly float: number };

export function node(
  type: string,
  name: string,
  inputs: readonly string[],
  attributes: Readonly<Record<string, Attribute>> = {},
): Message {
  const message = new Message();
  for (const input of inputs) message.string(1, input);
  // Every node here has one output, named as the node.
  message.string(2, name).string(3, name).string(4, type);
  for (const [key, value] of Object.entries(attributes)) {
    const attribute = new Message().string(1, key);
    if (typeof value === 'number') attribute.int(3, value).int(20, 2);
    else if ('float' in value) attribute.float(2, value.float).int(20, 1);
    else attribute.ints(8, value).int(20, 7);
    message.message(5, attribute);
  }
  return message;
}

const raw = (values: Float32Array | BigInt64Array) =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** An initialiser of 32-bit floats. */
export function floats(name: string, shape: readonly number[], values: Float32Array): Message {
  return new Message().ints(1, shape).int(2, FLOAT).string(8, name).bytes(9, raw(values));
}

/** An initialiser of 64-bit integers, one dimension. */
export function integers(name: string, values: readonly number[]): Message {
  return new Message()
    .ints(1, [values.length])
    .int(2, INT64)
    .string(8, name)
    .bytes(9, raw(BigInt64Array.from(values, BigInt)));
}

function valueInfo(name: string, shape: readonly number[]): Message {
  const dimensions = new Message();
  for (const size of shape) dimensions.message(1, new Message().int(1, size));
  const tensor = new Message().int(1, FLOAT).message(2, dimensions);
  return new Message().string(1, name).message(2, new Message().message(1, tensor));
}

/** What goes into and comes out of a model: 32-bit floats. */
export interface Port {
  readonly name: string;
  readonly shape: readonly number[];
}

/** A whole ONNX file. */
export function model(
  name: string,
  nodes: readonly Message[],
  initialisers: readonly Message[],
  input: Port,
  output: Port,
): Uint8Array<ArrayBuffer> {
  const graph = new Message();
  for (const one of nodes) graph.message(1, one);
  graph.string(2, name);
  for (const one of initialisers) graph.message(5, one);
  graph.message(11, valueInfo(input.name, input.shape)).message(12, valueInfo(output.name, output.shape));
  return new Message()
    .int(1, IR_VERSION)
    .string(2, 'cspnet-lens')
    .message(7, graph)
    .message(8, new Message().string(1, '').int(2, OPSET))
    .encode();
}
