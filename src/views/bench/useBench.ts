/** The benchmark's course as React sees it. */
import { useEffect, useRef, useState } from 'react';
import { describeMachine } from '../../../bench/rivals/machine';
import { networksOf } from '../../../bench/rivals/networks';
import type { BenchReport, Machine, NetworkResult } from '../../../bench/rivals/results';
import { runBench } from '../../../bench/rivals/runner';
import type { BenchProgress } from '../../../bench/rivals/runner';
import { loadCards, weightsUrl } from '../models';
import { slowRounds } from './choices';
import type { Choices } from './choices';

type BenchState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly progress: BenchProgress }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'done'; readonly report: BenchReport };

declare global {
  interface Window {
    /** With `debug` in the link: what `npm run bench` drives. */
    lensBench: (choices: Choices, onProgress: (text: string) => void) => Promise<BenchReport>;
  }
}

/** Runs it, and tells how it stands. */
async function measure(
  { networks, rivals, rounds }: Choices,
  told: {
    readonly onProgress: (progress: BenchProgress) => void;
    readonly onResult: (result: NetworkResult) => void;
    readonly signal: AbortSignal;
  },
): Promise<BenchReport> {
  const { cards, faults } = await loadCards();
  if (networks.includes('small') && faults.length > 0) throw new Error(faults.join('; '));
  const options = { networks: networksOf(networks, cards), rivals, rounds: { fast: rounds, slow: slowRounds(rounds) } };
  return runBench(options, { cards, weightsUrl, machine: await describeMachine(), ...told });
}

export function useBench() {
  const [state, setState] = useState<BenchState>({ kind: 'idle' });
  const [results, setResults] = useState<readonly NetworkResult[]>([]);
  const [machine, setMachine] = useState<Machine | null>(null);
  const controller = useRef<AbortController | null>(null);
  useEffect(() => {
    describeMachine().then(setMachine, () => undefined);
    return () => controller.current?.abort();
  }, []);

  async function run(choices: Choices, onProgress: (text: string) => void = () => undefined) {
    controller.current = new AbortController();
    setResults([]);
    setState({ kind: 'running', progress: { text: 'starting', share: 0 } });
    try {
      const report = await measure(choices, {
        signal: controller.current.signal,
        onProgress: (progress) => {
          setState({ kind: 'running', progress });
          onProgress(progress.text);
        },
        onResult: (result) => setResults((before) => [...before, result]),
      });
      setState({ kind: 'done', report });
      return report;
    } catch (error) {
      const cancelled = error instanceof DOMException && error.name === 'AbortError';
      const message = error instanceof Error ? error.message : String(error);
      setState(cancelled ? { kind: 'idle' } : { kind: 'failed', message });
      throw error;
    }
  }

  useEffect(() => {
    if (new URLSearchParams(location.search).has('debug')) window.lensBench = run;
  });

  return {
    state,
    results,
    machine,
    /** What goes wrong is in the state. */
    run: (choices: Choices) => run(choices).catch(() => undefined),
    cancel: () => controller.current?.abort(),
  };
}
