import type { Page } from "playwright-core";

/**
 * Somebody between the two tabs: everything the camera sends passes through here before the viewer's worker gets it. Put in place by
 * exchanging the port on its way into the worker, so the app itself is the one that is served.
 */
export const interpose = async (page: Page): Promise<void> => {
  await page.addInitScript(install);
};

/** What the interposer does with each sealed item from now on. */
export type Attack =
  | { readonly kind: "pass" }
  /** Flips one bit at this offset of every frame; negative counts from the end. */
  | { readonly kind: "flip"; readonly at: number }
  /** Sends every frame twice. */
  | { readonly kind: "replay" }
  /** Exchanges every two neighbouring frames. */
  | { readonly kind: "reorder" }
  /** Keeps back every second frame. */
  | { readonly kind: "drop" }
  /** Keeps back every second frame on the whole, by chance: in step with the frames it could keep back all that anything builds on. */
  | { readonly kind: "lose" }
  /** Keeps back everything. */
  | { readonly kind: "mute" }
  /** Keeps back one announcement. */
  | { readonly kind: "unannounced" }
  /** Keeps back the answers to nonces. */
  | { readonly kind: "stale" }
  /** In the place of each frame sends the frame that was recorded, the same each time or the next each time. */
  | { readonly kind: "substitute"; readonly frames: readonly string[] }
  /** Sends these items once, then mutes. */
  | { readonly kind: "play"; readonly items: readonly string[] };

declare global {
  interface Window {
    /** Set by the interposer inside the page. */
    attack(next: Attack): void;
    /** The first sealed items of a given type since the page began, in base64; 1 head, 2 epoch, 3 frame. */
    overheard(type: number, most: number): string[];
    /** Every frame that was let through to the viewer's worker, in order. */
    readonly passed: Passed[];
  }
}

/** A frame as whoever carries it can read it. */
export interface Passed {
  readonly track: number;
  readonly sequence: number;
  readonly epoch: number;
  readonly kind: "raw" | "key" | "delta" | "sound" | "text" | "image";
  /** ms of the camera's clock. */
  readonly captured: number;
  /** Of the whole item. */
  readonly length: number;
}

/** The frames that were let through since `from`, a count of them. */
export const passed = (page: Page, from = 0): Promise<Passed[]> =>
  page.evaluate((first) => window.passed.slice(first), from);

/** Waits until so many were let through since the page began. */
export const untilPassed = async (page: Page, count: number): Promise<void> => {
  await page.waitForFunction((least) => window.passed.length >= least, count, { polling: 50 });
};

export const attack = (page: Page, next: Attack): Promise<void> =>
  page.evaluate((kind) => window.attack(kind), next);

/** Items that went past, as a listener would have them. */
export const overheard = (page: Page, type: number, most = 1): Promise<string[]> =>
  page.evaluate(([kind = 0, count = 0]) => window.overheard(kind, count), [type, most]);

// Runs inside the page, before any of its code; knows nothing but the shape of comlink's calls and of the port's messages.
function install(): void {
  let current: Attack = { kind: "pass" };
  let held: Uint8Array | null = null;
  let count = 0;
  const heard: Uint8Array[] = [];
  const forward: ((bytes: Uint8Array) => void)[] = [];
  const encode = (bytes: Uint8Array): string => {
    let text = "";
    for (let at = 0; at < bytes.length; at += 8192)
      text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return btoa(text);
  };
  const decode = (text: string): Uint8Array => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const isFrame = (bytes: Uint8Array): boolean => bytes[1] === 3;
  const kinds = ["raw", "key", "delta", "sound", "text", "image"] as const;
  /** CBOR: after the array's head come type, version, track, sequence, epoch, time and kind, all unsigned. */
  const describe = (bytes: Uint8Array): Passed => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let at = 1;
    const next = (): number => {
      const head = bytes[at]!;
      at += 1;
      if (head < 24) return head;
      const length = 1 << (head - 24);
      let value = 0;
      for (let i = 0; i < length; i += 1) value = value * 256 + view.getUint8(at + i);
      at += length;
      return value;
    };
    const [, , track = 0, sequence = 0, epoch = 0, captured = 0, kind = 0] = Array.from({ length: 7 }, next);
    return { track, sequence, epoch, kind: kinds[kind]!, captured, length: bytes.length };
  };
  const passed: Passed[] = [];
  Object.defineProperty(window, "passed", { value: passed });

  window.attack = (next) => {
    current = next;
    held = null;
    count = 0;
    if (next.kind === "play") for (const item of next.items) forward.at(-1)?.(decode(item));
  };
  window.overheard = (type, most) =>
    heard
      .filter((bytes) => bytes[1] === type)
      .slice(0, most)
      .map(encode);

  const change = (bytes: Uint8Array): Uint8Array[] => {
    if (current.kind === "mute" || current.kind === "play") return [];
    if (current.kind === "stale" && bytes[1] === 5) return [];
    if (current.kind === "unannounced" && bytes[1] === 2) {
      current = { kind: "pass" };
      return [];
    }
    if (!isFrame(bytes)) return [bytes];
    count += 1;
    switch (current.kind) {
      case "flip": {
        const at = current.at < 0 ? bytes.length + current.at : current.at;
        bytes[at]! ^= 1;
        return [bytes];
      }
      case "replay":
        return [bytes.slice(), bytes];
      case "reorder": {
        const before = held;
        held = before ? null : bytes;
        return before ? [bytes, before] : [];
      }
      case "drop":
        return count % 2 === 0 ? [bytes] : [];
      case "lose":
        return Math.random() < 0.5 ? [bytes] : [];
      case "substitute":
        return [decode(current.frames[(count - 1) % current.frames.length]!)];
      default:
        return [bytes];
    }
  };

  const bridge = (camera: MessagePort): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    let taken = 0;
    const send = (sealed: Uint8Array): void => {
      if (isFrame(sealed)) passed.push(describe(sealed));
      port1.postMessage({ sealed }, [sealed.buffer as ArrayBuffer]);
    };
    forward.push(send);
    camera.onmessage = ({ data }) => {
      if (!(data.sealed instanceof Uint8Array)) return port1.postMessage(data);
      // Who stands between takes what is sent himself [CR7]: the camera is not to stop for what he keeps back or sends twice.
      taken += data.sealed.length;
      camera.postMessage({ taken });
      if (heard.length < 16) heard.push(data.sealed.slice());
      for (const item of change(data.sealed)) send(item);
    };
    port1.onmessage = ({ data }) => {
      if (data.taken === undefined) camera.postMessage(data);
    };
    return port2;
  };

  type Post = (this: Worker, message: unknown, transfer: Transferable[]) => void;
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (
    this: Worker,
    message: unknown,
    transfer: Transferable[] = [],
  ): void {
    const call = message as { path?: string[]; argumentList?: { value: unknown }[] };
    const port = call.path?.[0] === "watch" ? call.argumentList?.[0] : undefined;
    if (!(port?.value instanceof MessagePort)) {
      (post as Post).call(this, message, transfer);
      return;
    }
    port.value = bridge(port.value);
    (post as Post).call(this, message, [port.value as MessagePort]);
  } as typeof post;
}
