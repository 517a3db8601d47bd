import { Fault } from "../base/index.ts";
import type { CameraFrame } from "../sensor/index.ts";

/** How long a capture device has for a seed frame. ms */
export const seedPatience = 5_000;

/**
 * Turns a stream's next frames into seed frames, one at a time, for who asks: while one is looked at no other is taken, so that
 * nobody else needs the sensor.
 */
export class SeedTap {
  #asking: PromiseWithResolvers<CameraFrame> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #done: () => void = () => undefined;
  #isClosed = false;

  /** Whether the next frame is a seed frame. */
  get isAsking(): boolean {
    return this.#asking !== null;
  }

  /** The next frame, which the caller closes; asking again, it is done with the last one. Fault "camera-silent" where none comes, "camera-stopped" behind `close`. */
  next(): Promise<CameraFrame> {
    this.#done();
    if (this.#isClosed) return Promise.reject(new Fault("camera-stopped"));
    const asking = Promise.withResolvers<CameraFrame>();
    this.#asking = asking;
    this.#timer = setTimeout(() => this.#refuse(new Fault("camera-silent")), seedPatience);
    return asking.promise;
  }

  /** Gives a frame to who asks; settles when it was looked at. */
  give(frame: CameraFrame): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#done = resolve;
    clearTimeout(this.#timer);
    this.#asking?.resolve(frame);
    this.#asking = null;
    return promise;
  }

  /** No frame is needed any more. */
  close(): void {
    this.#isClosed = true;
    this.#done();
    this.#refuse(new Fault("camera-stopped"));
  }

  #refuse(fault: Fault): void {
    clearTimeout(this.#timer);
    this.#asking?.reject(fault);
    this.#asking = null;
  }
}
