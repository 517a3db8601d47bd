import { measure } from "./kernels.ts";

/** The bench's worker: takes the module's bytes, answers the figures. */
self.onmessage = async ({ data }: MessageEvent<Uint8Array<ArrayBuffer>>) =>
  self.postMessage(await measure(data));
