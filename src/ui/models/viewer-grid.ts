import { mostViewed, type ViewerApi } from "../../apparatus/index.ts";
import type { Remote } from "../../base/index.ts";
import type { CameraOnCard, JudgedPicture, TileNow } from "./snapshots.ts";
import { type TileChange, TileView } from "./tile-view.ts";

/** What a grid needs of its page. */
export interface ViewerGridMeans {
  readonly remote: () => Remote<ViewerApi>;
  readonly show: (tiles: readonly TileNow[]) => void;
  /** Takes each picture with its verdict and its camera's number, and the frame over. */
  readonly onpicture: (judged: JudgedPicture) => void;
}

const still: Omit<TileNow, "number" | "name"> = {
  ...{ isLive: false, isOneTooMany: false, waitingFor: null },
  ...{ delay: null, path: null, fault: null, elsewhere: null },
};

/** The cameras of a card side by side: as many live as may be at once, each by itself, the others paused. */
export class ViewerGrid {
  readonly #means: ViewerGridMeans;
  /** In the card's order. */
  #tiles: readonly TileNow[] = [];
  readonly #views = new Map<string, TileView>();

  constructor(means: ViewerGridMeans) {
    this.#means = means;
  }

  /** Shows these cameras, the first ones live. Those that are shown already stay as they are. */
  begin(cameras: readonly Pick<CameraOnCard, "number" | "name">[]): void {
    for (const number of [...this.#views.keys()])
      if (!cameras.some((camera) => camera.number === number)) this.#stop(number);
    const known = this.#tiles;
    this.#tiles = cameras.map(({ number, name }) => ({
      ...(known.find((tile) => tile.number === number) ?? still),
      ...{ number, name },
    }));
    for (const { number } of this.#tiles)
      if (!known.some((tile) => tile.number === number) && this.#views.size < mostViewed) this.#start(number);
    this.#say();
  }

  end(): void {
    for (const number of [...this.#views.keys()]) this.#stop(number);
    this.#tiles = [];
    this.#say();
  }

  #start(number: string): void {
    const { remote, onpicture } = this.#means;
    this.#tiles = this.#tiles.map((tile) =>
      tile.number === number ? { ...tile, ...still, isLive: true } : tile,
    );
    const view = new TileView({
      ...{ remote: remote(), number },
      show: (change) => this.#change(view, number, change),
      onpicture: (judged) => onpicture({ ...judged, number }),
    });
    this.#views.set(number, view);
    void view.begin();
  }

  #stop(number: string): void {
    this.#views.get(number)?.end();
    this.#views.delete(number);
    this.#tiles = this.#tiles.map((tile) => (tile.number === number ? { ...tile, ...still } : tile));
  }

  #change(view: TileView, number: string, change: TileChange): void {
    if (this.#views.get(number) !== view) return;
    this.#tiles = this.#tiles.map((tile) => (tile.number === number ? { ...tile, ...change } : tile));
    this.#say();
  }

  #say(): void {
    const isFull = this.#views.size >= mostViewed;
    this.#means.show(
      this.#tiles.map((tile) => {
        const { number, isLive } = tile;
        if (isLive) return { ...tile, isOneTooMany: false, pause: () => this.#pause(number) };
        return isFull
          ? { ...tile, isOneTooMany: true }
          : { ...tile, isOneTooMany: false, resume: () => this.#resume(number) };
      }),
    );
  }

  #pause(number: string): void {
    this.#stop(number);
    this.#say();
  }

  #resume(number: string): void {
    const isThere = this.#tiles.some((tile) => tile.number === number && !tile.isLive);
    if (!isThere || this.#views.size >= mostViewed) return;
    this.#start(number);
    this.#say();
  }
}
