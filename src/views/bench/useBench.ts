/** The benchmark's course as React sees it. */
import { useEffect, useRef, useState } from 'react';
import { describeMachine } from '../../../bench/rivals/machine';
import { networksOf } from '../../../bench/rivals/networks';
import type { BenchReport, Machine } from '../../../bench/rivals/results';
import { runBench } from '../../../bench/rivals/runner';
import type { BenchProgress } from '../../../bench/rivals/runner';
import { loadCards, weightsUrl } from '../models';
import { slowRounds } from './choices';
import type { Choices } from './choices';

/** What is heard of it on its way. */
interface Told {
  readonly onProgress: (progress: BenchProgress) => void;
  /** The report so far, after every network. */
  readonly onReport: (report: BenchReport) => void;
}

type BenchState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly progress: BenchProgress }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string };

declare global {
  interface Window {
    /** With `debug` in the link: what `npm run bench` drives. */
    lensBench: (choices: Choices, onProgress: Told['onProgress'], onReport: Told['onReport']) => Promise<BenchReport>;
  }
}

/** Runs it, and tells how it stands. */
async function measure(
  { networks, rivals, rounds }: Choices,
  told: Told & { readonly signal: AbortSignal },
): Promise<BenchReport> {
  const { cards, faults } = await loadCards();
  if (networks.includes('small') && faults.length > 0) throw new Error(faults.join('; '));
  const options = { networks: networksOf(networks, cards), rivals, rounds: { fast: rounds, slow: slowRounds(rounds) } };
  return runBench(options, { cards, weightsUrl, machine: await describeMachine(), ...told });
}

export function useBench() {
  const [state, setState] = useState<BenchState>({ kind: 'idle' });
  /** Holds what was finished, also where the rest was not. */
  const [report, setReport] = useState<BenchReport | null>(null);
  const [machine, setMachine] = useState<Machine | null>(null);
  const controller = useRef<AbortController | null>(null);
  useEffect(() => {
    describeMachine().then(setMachine, () => undefined);
    return () => controller.current?.abort();
  }, []);

  async function run(choices: Choices, told: Partial<Told> = {}) {
    controller.current = new AbortController();
    const { signal } = controller.current;
    setReport(null);
    setState({ kind: 'running', progress: { text: 'starting', share: 0 } });
    try {
      const whole = await measure(choices, {
        signal,
        onProgress: (progress) => {
          // What is cancelled may still come to an end of a step.
          if (signal.aborted) return;
          setState({ kind: 'running', progress });
          told.onProgress?.(progress);
        },
        onReport: (soFar) => {
          setReport(soFar);
          told.onReport?.(soFar);
        },
      });
      setState({ kind: 'idle' });
      return whole;
    } catch (error) {
      const cancelled = error instanceof DOMException && error.name === 'AbortError';
      const message = error instanceof Error ? error.message : String(error);
      setState(cancelled ? { kind: 'cancelled' } : { kind: 'failed', message });
      throw error;
    }
  }

  useEffect(() => {
    if (new URLSearchParams(location.search).has('debug')) {
      window.lensBench = (choices, onProgress, onReport) => run(choices, { onProgress, onReport });
    }
  });

  return {
    state,
    report,
    machine,
    /** What goes wrong is in the state. */
    run: (choices: Choices) => run(choices).catch(() => undefined),
    cancel: () => controller.current?.abort(),
  };
}
