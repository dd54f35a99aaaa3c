/** Ways in which a device fails. No tfjs here: the page's side tells them apart, too. */

/** An error that the device reported by itself. */
export class DeviceFault extends Error {
  override readonly name = 'DeviceFault';
  constructor(
    readonly kind: 'memory' | 'other',
    message: string,
  ) {
    super(message);
  }
}

/** A backend that cannot be used here; the message says why, for the user. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/** Threaded wasm that does not come up, as under a policy that forbids blob workers: works in a fresh worker without. */
export class ThreadsHang extends Error {
  override readonly name = 'ThreadsHang';
}
