import { describe, expect, it } from 'vitest';
import { THREADS_HANG } from '../choice';
import { BACKENDS, EngineError } from '../protocol';
import type { Backend } from '../protocol';
import { openCpu } from './cpu';
import { ThreadsHang } from './errors';
import { openDevice } from './open';
import type { Found, Probes } from './open';
import { adapterName, isSoftwareName } from './probe';

/** Probes of a browser in which each backend is there, is software, is missing, or fails to start. */
function browser(states: Partial<Record<Backend, 'software' | 'missing' | 'broken' | 'hangs'>>) {
  const started: Backend[] = [];
  const probe = (backend: Backend) => async (): Promise<Found> => {
    const state = states[backend];
    if (state === 'missing') return { open: undefined, reason: 'not there' };
    const software = state === 'software';
    const open = async () => {
      started.push(backend);
      if (state === 'hangs') throw new ThreadsHang('no threads');
      if (state === 'broken') throw new Error('does not start');
      return { ...(await openCpu()), backend, software, adapter: `adapter of ${backend}` };
    };
    return { open, software, name: 'SwiftShader' };
  };
  const probes: Probes = { webgpu: probe('webgpu'), webgl: probe('webgl'), wasm: probe('wasm'), cpu: probe('cpu') };
  return { probes, started };
}

const chosen = async (states: Parameters<typeof browser>[0]) =>
  (await openDevice({ backend: 'auto' }, browser(states).probes)).report;

describe('choosing a backend', () => {
  it('takes WebGPU and asks for nothing else', async () => {
    const { probes, started } = browser({});
    const { report } = await openDevice({ backend: 'auto' }, probes);
    expect(report).toMatchObject({ backend: 'webgpu', adapter: 'adapter of webgpu', forced: false, rejected: [] });
    expect(started).toEqual(['webgpu']);
  });

  it('goes through WebGPU, WebGL, wasm, cpu with the reason for each that is passed over', async () => {
    expect(await chosen({ webgpu: 'missing' })).toMatchObject({
      backend: 'webgl',
      rejected: [{ backend: 'webgpu', reason: 'not there' }],
    });
    expect(await chosen({ webgpu: 'missing', webgl: 'broken' })).toMatchObject({
      backend: 'wasm',
      rejected: [{ reason: 'not there' }, { backend: 'webgl', reason: 'does not start' }],
    });
    expect((await chosen({ webgpu: 'broken', webgl: 'missing', wasm: 'missing' })).backend).toBe('cpu');
  });

  it('prefers wasm to software adapters, and those to cpu', async () => {
    const report = await chosen({ webgpu: 'software', webgl: 'software' });
    expect(report.backend).toBe('wasm');
    expect(report.rejected.map(({ backend }) => backend)).toEqual(['webgpu', 'webgl']);
    expect(report.rejected[0]?.reason).toBe('its only adapter is software (SwiftShader), which is slower than wasm');
    expect((await chosen({ webgpu: 'software' })).backend).toBe('webgl');
    const last = await chosen({ webgpu: 'software', webgl: 'software', wasm: 'missing' });
    expect(last).toMatchObject({ backend: 'webgl', software: true });
    expect((await chosen({ webgpu: 'software', webgl: 'missing', wasm: 'missing' })).backend).toBe('webgpu');
  });

  it('uses the backend that is forced, software or not, and no other', async () => {
    const { probes } = browser({ webgpu: 'software', webgl: 'missing' });
    const { report } = await openDevice({ backend: 'webgpu' }, probes);
    expect(report).toMatchObject({ backend: 'webgpu', software: true, forced: true });
    const failed = openDevice({ backend: 'webgl' }, probes);
    await expect(failed).rejects.toThrow('the backend webgl cannot be used here (webgl: not there)');
    await expect(failed).rejects.toBeInstanceOf(EngineError);
  });

  it('passes over what is excluded, unless it is forced', async () => {
    const exclude = [{ backend: 'webgpu', reason: 'was lost twice' }] as const;
    const { report } = await openDevice({ backend: 'auto', exclude }, browser({}).probes);
    expect(report).toMatchObject({ backend: 'webgl', rejected: exclude });
    expect((await openDevice({ backend: 'webgpu', exclude }, browser({}).probes)).report.backend).toBe('webgpu');
  });

  it('does not go on in a worker in which wasm hangs', async () => {
    const { probes, started } = browser({ webgpu: 'missing', webgl: 'missing', wasm: 'hangs' });
    await expect(openDevice({ backend: 'auto' }, probes)).rejects.toMatchObject({ details: [THREADS_HANG] });
    expect(started).toEqual(['wasm']);
  });

  it('lists every reason where nothing works', async () => {
    const { probes } = browser({ webgpu: 'missing', webgl: 'broken', wasm: 'missing', cpu: 'broken' });
    await expect(openDevice({ backend: 'auto' }, probes)).rejects.toMatchObject({
      code: 'backend-unavailable',
      details: BACKENDS.map((backend) => expect.stringContaining(`${backend}: `)),
    });
  });
});

describe('names of adapters', () => {
  it('tell software', () => {
    const software = [
      'google swiftshader',
      'ANGLE (Mesa, llvmpipe (LLVM 15.0.6, 256 bits))',
      'lavapipe',
      'Microsoft Basic Render Driver',
    ];
    for (const name of software) expect(isSoftwareName(name), name).toBe(true);
    for (const name of ['nvidia ampere', 'ANGLE (Apple, Apple M2)', 'intel gen-12lp', 'swarpfire 3000'])
      expect(isSoftwareName(name), name).toBe(false);
  });

  it('are the description, or what else is known', () => {
    const info = { vendor: 'nvidia', architecture: 'ampere', device: '', description: '' };
    expect(adapterName(info)).toBe('nvidia ampere');
    expect(adapterName({ ...info, description: 'GeForce' })).toBe('GeForce');
    expect(adapterName({ vendor: '', architecture: '', device: '', description: '' })).toBe('unnamed adapter');
  });
});
