/** What the benchmark runs on, as far as the browser tells. */
import type { Machine } from './results';

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|software/i;

/** Asks for the adapter that the rivals will get. */
export async function describeMachine(): Promise<Machine> {
  const adapter =
    'gpu' in navigator ? await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }) : null;
  const info = adapter?.info;
  const name = info
    ? info.description || [info.vendor, info.architecture, info.device].filter((part) => part !== '').join(' ')
    : null;
  return {
    userAgent: navigator.userAgent,
    adapter: name === '' ? 'unnamed adapter' : name,
    software: name !== null && SOFTWARE.test(name),
    cores: navigator.hardwareConcurrency,
    isolated: crossOriginIsolated,
  };
}
