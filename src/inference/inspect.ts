/** What a network's nodes gave for a picture, in short: which value to read for each node, and reading it in passing. */
import type { NetworkExecutor } from './executor';
import type { PreparedInput } from './picture';
import { seenOf } from './plan/plan';
import type { InspectRequest, NodeSummary } from './protocol';
import { summarise } from './summary';

type Short = ReturnType<typeof summarise>;

/**
 * Summaries of the nodes asked for, in their order; the plan runs no further than they need.
 * @throws Error for a node that the network does not have; AbortError.
 */
export async function inspectNodes(
  executor: NetworkExecutor,
  { input }: PreparedInput,
  request: InspectRequest,
  signal: AbortSignal,
): Promise<readonly NodeSummary[]> {
  const { outputs } = executor;
  const asked = request.nodes.map((node) => ({ node, ...seenOf(outputs, node), all: node === request.maps }));
  const found = new Map<string, Short>();
  await executor.visit(
    input,
    new Set(asked.map(({ value }) => value)),
    async (id, value) => {
      const all = asked.some((one) => one.value === id && one.all);
      found.set(id, summarise(await value.read(), value.shape, all));
    },
    signal,
  );
  return asked.map(({ node, of, value, all }) => {
    const summary = found.get(value);
    if (!summary) throw new Error(`the run gave no output of ${of}`);
    const { maps, ...short } = summary;
    return { node, of, ...short, ...(maps && all ? { maps } : {}) };
  });
}
