/** The Web Worker that the engine lives in. Everything is in workerApi.ts; this file puts it on the wire. */
import { expose, transfer } from 'comlink';
import './workerGlobals';
import { buffersOf } from './rpc';
import type { WorkerApi } from './rpc';
import { makeWorkerApi } from './workerApi';

const api = makeWorkerApi();

const wired: WorkerApi = {
  ...api,
  async run(slot, input, extras) {
    const outcome = await api.run(slot, input, extras);
    return outcome.ok ? transfer(outcome, buffersOf(outcome.value)) : outcome;
  },
};

expose(wired);
