import { expect, it } from 'vitest';
import { due } from './schedule';

it('gives every rival as many runs as it is to have, spread over the rounds', () => {
  for (let rounds = 1; rounds <= 30; rounds++) {
    for (let runs = 0; runs <= rounds; runs++) {
      const turns = Array.from({ length: rounds }, (_, round) => round).filter((round) => due(round, rounds, runs));
      expect(turns).toHaveLength(runs);
      const gaps = turns.slice(1).map((turn, i) => turn - (turns[i] ?? 0));
      expect(Math.max(0, ...gaps)).toBeLessThanOrEqual(Math.ceil(rounds / Math.max(1, runs)));
    }
  }
});
