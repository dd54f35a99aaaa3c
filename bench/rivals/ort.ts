/** What both workers of onnxruntime-web share. */
import type { Env, OnnxValue } from 'onnxruntime-web';

/** A built asset's address as one that another worker can use. */
export const absolute = (url: string) => new URL(url, import.meta.url).href;

export const ortVersion = ({ versions }: Env) => versions.web ?? versions.common;

/** The numbers of an output that lies in memory. */
export function floatsOf(output: OnnxValue | undefined): Float32Array {
  if (!output || !('data' in output) || !(output.data instanceof Float32Array)) {
    throw new Error('onnxruntime-web gave no floats for the logits');
  }
  return output.data;
}
