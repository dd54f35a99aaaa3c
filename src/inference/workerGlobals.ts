/**
 * Set before tfjs is loaded. tfjs waits for WebGL's compiler by animation frames, and a worker gets none while its page
 * is in the background: loading would stand still there.
 */
globalThis.requestAnimationFrame = (callback) => Number(setTimeout(() => callback(performance.now()), 4));

export {};
