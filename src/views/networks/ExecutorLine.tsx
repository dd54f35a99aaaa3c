/** What runs a network on WebGPU, our kernels or tfjs's, and whether ours were found right for it. */
import { Text } from '@mantine/core';
import type { ExecutorReport, Verification } from '../../inference/protocol';
import { useLab } from '../useLab';

/** A small share in words: 3.4e-7 → "3.4 × 10⁻⁷". */
function power(value: number): string {
  if (value === 0) return '0';
  const [digits = '', exponent = '0'] = value.toExponential(1).split('e');
  const raised = String(Number(exponent)).replace(/[-0-9]/g, (sign) =>
    sign === '-' ? '⁻' : ('⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)] ?? ''),
  );
  return `${digits} × 10${raised}`;
}

/** A reason as the end of a sentence: of a compiler's message, whose lines tell ever less, the first. */
const sentence = (reason: string) => `${(reason.trim().split('\n')[0] ?? '').replace(/[\s.:]+$/, '')}.`;

/** The sentence; undefined where there is nothing to tell. */
export function executorText({ precision, verification, notHalf }: ExecutorReport): string | undefined {
  if (!verification) return undefined;
  const float32 = notHalf === undefined ? '' : ` In float32: ${sentence(notHalf)}`;
  const ours = `Runs on this page’s own WebGPU kernels${precision === 'float16' ? ' in float16' : ''}`;
  switch (verification.state) {
    case 'verified': {
      const what = verification.against === 'card' ? 'the logits in its card' : 'tfjs’s kernels';
      return `${ours}, checked against ${what}: they differ by ${power(verification.difference)} of the largest.${float32}`;
    }
    case 'pending':
      return `${ours}. Not yet verified: they are being compared with tfjs’s in the background.${float32}`;
    case 'unchecked':
      return `${ours}. They could not be compared with tfjs’s: ${sentence(verification.reason)}${float32}`;
    case 'refused':
      return `Runs on tfjs’s WebGPU kernels: ${sentence(verification.reason)}`;
  }
}

const isFine = (verification: Verification | undefined) =>
  verification?.state === 'verified' || verification?.state === 'pending';

export function ExecutorLine({ slot }: { readonly slot: 'a' | 'b' }) {
  const { loaded, state } = useLab(({ engine }) => engine.slots[slot]);
  // While another is loading, or failed to, this would be said of the wrong one.
  const inUse = state === 'ready' || state === 'running';
  const text = loaded && inUse ? executorText(loaded) : undefined;
  if (!loaded || text === undefined) return null;
  return (
    <Text
      size="xs"
      // What is not as it should be is not said in passing.
      {...(isFine(loaded.verification) ? { c: 'dimmed' } : {})}
      style={{ overflowWrap: 'anywhere' }}
      data-testid={`executor-${slot}`}
      data-verification={loaded.verification?.state}
    >
      {text}
    </Text>
  );
}
