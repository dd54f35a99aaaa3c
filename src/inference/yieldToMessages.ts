/** Long work in the worker in between messages: a cancel must be heard. */

/** Longest time that the worker may hear no message, ms. */
export const YIELD_EVERY = 50;

/** Lets waiting messages in. A timer would be throttled to 4 ms. */
export function yieldToMessages(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
