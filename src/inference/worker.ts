/** The Web Worker that the engine lives in. Everything is in workerApi.ts; this file puts it on the wire. */
import { expose, transfer } from 'comlink';
import './workerGlobals';
import { buffersOf, buffersOfInspection } from './rpc';
import type { WorkerApi } from './rpc';
import { makeWorkerApi } from './workerApi';

const api = makeWorkerApi();

const wired: WorkerApi = {
  ...api,
  async run(slot, input, extras) {
    const outcome = await api.run(slot, input, extras);
    return outcome.ok ? transfer(outcome, buffersOf(outcome.value)) : outcome;
  },
  async inspect(slot, input, request) {
    const outcome = await api.inspect(slot, input, request);
    return outcome.ok ? transfer(outcome, buffersOfInspection(outcome.value)) : outcome;
  },
};

expose(wired);
