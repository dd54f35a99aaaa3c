/** Which network's check may be why worker or device are lost. Counts; the client decides what follows. */
import type { LoadRequest } from './protocol';

/** Losses after which a network is checked no more. */
const MOST = 2;

/** Losses while networks were checked, one after another. */
export class CheckLosses {
  private losses = new WeakMap<LoadRequest, number>();
  /** What is to be checked, in that order: only the first can have been why something is lost. */
  private waiting: readonly LoadRequest[] = [];

  /** Whether the network was lost too often to be checked again. */
  isHopeless(request: LoadRequest): boolean {
    return (this.losses.get(request) ?? 0) >= MOST;
  }

  begin(request: LoadRequest): void {
    this.waiting = [...this.waiting, request];
  }

  end(request: LoadRequest): void {
    this.waiting = this.waiting.filter((other) => other !== request);
  }

  /** To be told for every network whose check a loss ended. */
  lost(request: LoadRequest): void {
    if (this.waiting[0] !== request) return;
    this.losses.set(request, (this.losses.get(request) ?? 0) + 1);
    // Those that waited behind it are lost as well, and none of them is why.
    this.waiting = [];
  }

  /** Other kernels or another backend: what was lost before says nothing of these. */
  forget(): void {
    this.losses = new WeakMap();
  }
}
