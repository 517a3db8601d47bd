import { startViewer, type ViewerApi } from "../../apparatus/index.ts";
import { type Bytes, type Connection, faultCode, proxy } from "../../base/index.ts";
import { soundAlarm } from "../parts/tone.ts";
import { CardPlaces } from "./card-places.ts";
import { secretOf } from "./card-secret.ts";
import { IdleLock } from "./idle-lock.ts";
import { isAlarmHeard } from "./kept-alarm.ts";
import { keptQuality } from "./kept-quality.ts";
import { Model } from "./model.ts";
import { OneView } from "./one-view.ts";
import { PendingKeys } from "./pending-keys.ts";
import type { CardWay, JudgedPicture, ViewerSnapshot } from "./snapshots.ts";
import { ViewerGrid } from "./viewer-grid.ts";
import { placeHash, readPlace, type ViewerPlace } from "./viewer-place.ts";
import { ViewingPass } from "./viewing-pass.ts";

/** `/viewer`: open a card; choose a camera, or see all of them side by side; watch. */
export class ViewerModel extends Model<ViewerSnapshot> {
  readonly #start: typeof startViewer;
  #viewer: Connection<ViewerApi>;
  /** The worker ended by itself; the person's next act makes a new one, nothing else does. */
  #isDead = false;
  /** Where the address says that one is. */
  #place: ViewerPlace;
  /** Where one was before a single camera: there its "other camera" leads. */
  #from: "list" | "grid" = "list";
  readonly #one: OneView;
  readonly #grid: ViewerGrid;
  readonly #pass = new ViewingPass({
    views: () => this.#viewer.remote.views(),
    take: (passes) => this.#takePasses(passes),
    show: (pass) => this.show({ pass }),
  });
  readonly #places = new CardPlaces({
    remote: () => this.#viewer.remote,
    changed: async (places) => {
      this.show({ places });
      // The list is on the page where no card is open.
      if (this.snapshot.cameras !== null || this.snapshot.step === "opening") return;
      await this.#list();
      this.#checkFiles();
    },
    gone: (wasOpen) => this.#removed(wasOpen),
    failed: (fault) => this.show({ fault }),
  });
  /** Who looks at a live picture, or a recording that plays, touches nothing. */
  readonly #idle = new IdleLock({
    isBusy: () => {
      const { step, verdict, tiles, onCamera } = this.snapshot;
      if (onCamera?.player?.isGoing) return true;
      return step === "grid" ? tiles.some(({ delay }) => delay !== null) : verdict?.live === true;
    },
    lock: () => this.#lock(),
  });
  readonly #keys = new PendingKeys();
  /** Takes each picture with its verdict, to be drawn in one update. The page sets it. */
  onpicture: ((judged: JudgedPicture) => void) | null = null;

  /** Tests put another worker there, and listen for alarms. `hash`: where the address says that one is. */
  constructor(start: typeof startViewer = startViewer, sound = soundAlarm, hash = "") {
    super({
      ...{ step: "choose-card", cards: null, cardName: null, cameras: null, fault: null, camera: null },
      ...{ cardSaid: null, places: null },
      ...{ waitingFor: null, verdict: null, delay: null, path: null, label: null, elsewhere: null },
      ...{ recording: null, recorded: false, erased: [], tiles: [], onCamera: null },
      ...{ quality: keptQuality(), size: null, lines: [], leftOut: 0, sound: { state: "off", volume: 0.8 } },
      ...{ pass: null, passUntil: null, alarm: null, resumed: null, isAlarmHeard: isAlarmHeard() },
    });
    this.#place = readPlace(hash);
    const remote = () => this.#viewer.remote;
    const onpicture = (judged: JudgedPicture): void => {
      if (this.onpicture) this.onpicture(judged);
      else judged.picture?.close();
    };
    this.#one = new OneView({
      ...{ remote, onpicture, sound, now: () => this.snapshot, show: (change) => this.show(change) },
      onpass: (number, fault) => this.#needPass(number, fault),
    });
    this.#grid = new ViewerGrid({ remote, onpicture, show: (tiles) => this.show({ tiles }) });
    this.#start = start;
    this.#viewer = this.#connect();
    this.show({ places: this.#places.now });
    void this.#list();
    void this.#keys.begin(() => this.#viewer.remote.hasPendingSets()).catch(() => undefined);
  }

  override dispose(): void {
    super.dispose();
    this.#idle.end();
    this.#grid.end();
    this.#keys.end();
    this.#places.dispose();
    // First the worker erases what it made of a recording.
    void this.#one.dispose().finally(() => this.#viewer.close());
  }

  /** The address changed behind "#": the card stays open. */
  moved(url: URL): boolean {
    this.#place = readPlace(url.hash);
    if (this.snapshot.cameras !== null) this.#enter();
    return true;
  }

  #connect(): Connection<ViewerApi> {
    return this.#start((fault) => {
      if (this.disposed) return;
      this.#isDead = true;
      this.#one.die();
      // The card was open in that worker only: it has to be inserted again.
      this.#close();
      if (this.snapshot.cards === null) this.show({ step: "failed", fault, retry: this.#retry });
      else this.show({ step: "choose-card", fault, open: this.#open });
    });
  }

  #revive(): void {
    if (!this.#isDead) return;
    this.#isDead = false;
    this.#viewer = this.#connect();
    this.#places.insertAgain();
  }
  #retry = (): void => {
    this.#revive();
    this.show({ step: "choose-card", fault: null, retry: undefined });
    void this.#list();
  };

  async #list(): Promise<void> {
    try {
      const cards = await this.#viewer.remote.cards();
      this.show({ cards, open: cards.length > 0 ? this.#open : undefined });
    } catch (error) {
      this.show({ step: "failed", fault: faultCode(error), retry: this.#retry });
    }
  }

  #open = async (id: string, way: CardWay): Promise<boolean> => {
    this.#revive();
    this.show({ step: "opening", fault: null, open: undefined });
    try {
      const { cameras, wrongAttempts, due } = await this.#viewer.remote.open(id, await secretOf(id, way));
      const cardName = this.snapshot.cards?.find((card) => card.id === id)?.name ?? null;
      const viewAll = cameras.length > 1 ? this.#viewAll : undefined;
      const cardSaid = { wrongAttempts, due };
      this.show({ cameras, cardName, cardSaid, view: this.#view, viewAll, eject: this.#eject });
      this.#idle.begin();
      this.#enter();
      return true;
    } catch (error) {
      this.show({ step: "choose-card", fault: faultCode(error), open: this.#open });
      // What it lay on may be gone.
      void this.#list();
      return false;
    }
  };

  /** What the card lies on was pulled out: the worker has shut it already. */
  #removed(wasOpen: boolean): void {
    if (!wasOpen || this.snapshot.cameras === null) return;
    this.#close();
    this.show({ step: "choose-card", fault: "card-removed", open: this.#open });
    void this.#list();
  }

  /** A file without a card is put away at once. */
  #checkFiles(): void {
    const { cards, places } = this.snapshot;
    const empty = places?.open.find(
      ({ kind, key }) => kind === "file" && !cards?.some(({ place }) => place === key),
    );
    if (!empty) return;
    this.show({ fault: "file-no-card" });
    empty.takeOut();
  }

  #view = async (number: string): Promise<void> => {
    this.#goTo({ number });
    await this.#viewed;
  };

  #viewAll = (): void => this.#goTo("grid");

  #leave = (): void => this.#goTo(this.#from);

  #goTo(place: ViewerPlace): void {
    this.#place = place;
    history.pushState(null, "", `${location.pathname}${location.search}${placeHash(place)}`);
    this.#enter();
  }

  /** Settles when the camera of the last choice is viewed. */
  #viewed: Promise<void> = Promise.resolve();

  /** Takes the page to where the address says, with the card that is open. */
  #enter(): void {
    const { cameras } = this.snapshot;
    const place = this.#place;
    if (cameras === null) return;
    this.#one.leave();
    this.#pass.drop();
    this.show({ fault: null, leave: undefined, pass: null, renew: undefined });
    if (place === "grid") {
      this.#from = "grid";
      this.show({ step: "grid", leave: this.#toList });
      this.#grid.begin(cameras);
      return;
    }
    this.#grid.end();
    if (place === "list") {
      this.#from = "list";
      this.show({ step: "choose-camera" });
      return;
    }
    const { number } = place;
    const camera = cameras.find((one) => one.number === number);
    this.show({ step: "choose-camera" });
    if (camera) this.#viewed = this.#viewOne(number, camera.name);
    else this.show({ fault: "camera-not-on-card" });
  }

  async #viewOne(number: string, name: string): Promise<void> {
    await this.#one.view(number, name);
    if (this.snapshot.camera?.number !== number) return;
    this.show({ leave: this.#leave });
    if (this.snapshot.passUntil === null || (await this.#viewer.remote.pass(number)) === null) return;
    if (this.snapshot.camera?.number === number) this.show({ renew: this.#renew });
  }

  #toList = (): void => this.#goTo("list");

  #needPass(number: string, fault: string): void {
    if (!this.disposed && !this.#pass.isAsking)
      void this.#pass.ask(number, fault === "pass-none" ? null : fault);
  }

  /** A new connection with it: the camera and the relay end the present one with the pass that it was made with. */
  async #takePasses(passes: readonly Bytes[]): Promise<void> {
    const events = proxy({ onend: (numbers: readonly string[]) => this.#passEnded(numbers) });
    const left = await this.#viewer.remote.takePasses(passes, events);
    this.show({ passUntil: Date.now() + left, renew: this.#renew });
    this.#one.joinWithPass();
  }

  #renew = async (): Promise<void> => {
    if (this.snapshot.camera) await this.#pass.ask(this.snapshot.camera.number, null);
  };

  /** The worker has erased their keys: the card has to be opened again. */
  #passEnded(numbers: readonly string[]): void {
    const { cameras, camera, step } = this.snapshot;
    if (cameras === null) return;
    const left = cameras.filter(({ number }) => !numbers.includes(number));
    const isGrid = step === "grid" && left.length > 0;
    if (isGrid || (camera !== null && !numbers.includes(camera.number))) {
      this.show({ cameras: left });
      if (!isGrid || left.length === cameras.length) return;
      // The others go on.
      this.#grid.begin(left);
      this.show({ fault: "pass-over" });
      return;
    }
    this.#eject();
    this.show({ fault: "pass-over" });
  }

  #eject = (): void => {
    void this.#viewer.remote.eject().catch(() => undefined);
    this.#close();
    this.show({ step: "choose-card", fault: null, open: this.#open });
    void this.#list();
  };

  /** Nobody is there any more: the worker ends, and with it what it holds of the card. */
  #lock(): void {
    this.#viewer.close();
    this.#isDead = true;
    this.#one.die();
    this.#close();
    this.show({ step: "choose-card", fault: "card-idle", open: this.#open });
  }

  /** Nothing of the card or of a camera is left on the page, nor in its address. */
  #close(): void {
    this.#idle.end();
    this.#one.leave();
    this.#grid.end();
    this.#pass.drop();
    this.#place = "list";
    this.#from = "list";
    if (location.hash !== "") history.replaceState(null, "", location.pathname + location.search);
    this.show({
      ...{ passUntil: null, cameras: null, cardName: null, cardSaid: null, pass: null },
      ...{ view: undefined, viewAll: undefined, eject: undefined, leave: undefined, renew: undefined },
    });
  }
}
