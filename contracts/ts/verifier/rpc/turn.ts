/**
 * Resolves in the next turn of the event loop, when all that was to happen in this one has. Node's `setImmediate` is not in
 * browsers, and a page that is in the background may wait a second for its timers.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      // Node would stay alive for an open port.
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
