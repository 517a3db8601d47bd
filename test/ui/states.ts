import { drawBytes } from "../../src/apparatus/sealed-drawing.ts";
import { abilityNames, answerNames } from "../../src/apparatus/self-check.api.ts";
import type {
  AccountSnapshot,
  CameraKeys,
  CameraOnCard,
  CameraPairSnapshot,
  CameraSnapshot,
  CardChanges,
  CardInside,
  CardOutside,
  CardPlacesNow,
  CardsSnapshot,
  CheckedFile,
  ErasedRecording,
  HubPairSnapshot,
  KeyStatus,
  OpenedOnPage,
  OperatorSnapshot,
  PassNow,
  PlayerSnapshot,
  PlaySnapshot,
  RecordingEntry,
  RecordingsSnapshot,
  ScanPairSnapshot,
  SelfCheckSnapshot,
  StoredEntry,
  StoredSnapshot,
  TileNow,
  VerifySnapshot,
  ViewerSnapshot,
} from "../../src/ui/models/snapshots.ts";
import { nothingYet } from "../../src/ui/parts/guarantee.ts";
import type { DisclosedReport, Mp4Report, Reason, RecordingReport, Verdict } from "../../src/verify/index.ts";
import { paintScene } from "./scene.ts";

/** Every page in every state it can be drawn in, with invented contents: for the gallery and for the tests. */
export interface DrawnState {
  readonly path:
    | "/"
    | "/account"
    | "/camera"
    | "/viewer"
    | "/cards"
    | "/pair"
    | "/recordings"
    | "/verify"
    | "/self-check"
    | "/play"
    | "/recordings"
    | "/verify"
    | "/operator"
    | "/nowhere";
  readonly tag: string;
  readonly snapshot?: unknown;
  /** Of the viewer: what was judged; with a picture before it where `picture` says so. */
  readonly verdict?: Verdict;
  readonly picture?: "drawn" | "then-null";
  /** Of the viewer's grid: what was judged of each camera, by its number. */
  readonly tiles?: Readonly<Record<string, Verdict>>;
}

const number = "K7Q2MZRB4XWTN5LEHY3DVSGA6PCJ2FUOIK7Q2MZRB4XWTN5LEHY3";
const other = "B4XWTN5LEHY3DVSGA6PCJ2FUOIK7Q2MZRB4XWTN5LEHY3K7Q2MZR";
const unpaired = "MZRB4XWTN5LEHY3DVSGA6PCJ2FUOIK7Q2MZRB4XWTN5LEHY3K7Q2";
const done = async (): Promise<void> => {};
const yes = async (): Promise<boolean> => true;
const nil = (): void => {};
/** Draws made-up bytes as if they had been sealed. */
const sealedNoise = async (canvas: OffscreenCanvas): Promise<void> =>
  drawBytes(canvas, crypto.getRandomValues(new Uint8Array(65_536)), { width: 1280, height: 720 });

export const home: CardOutside = {
  id: "c2VhbGNhbS1jYXJkLTAx",
  name: "Home",
  created: 1795000000000,
  place: null,
  slots: ["password"],
};
const workshop: CardOutside = {
  id: "d29ya3Nob3AtY2FyZC0w",
  name: "Workshop and garden",
  created: 1794000000000,
  place: null,
  slots: ["password", "recovery", "passkey"],
};
const door: CameraOnCard = {
  number,
  name: "Front door",
  generation: 1,
  acknowledged: true,
  rights: ["live", "recordings"],
};
const yard: CameraOnCard = {
  number: other,
  name: "Yard",
  generation: 2,
  acknowledged: false,
  rights: ["live"],
};

export const passed: Verdict = {
  state: "ST1",
  live: true,
  checks: {
    number: "passed",
    signature: "passed",
    tree: "passed",
    commitment: "passed",
    sequence: "passed",
    live: "passed",
  },
  recovering: 0,
  changedTiles: [],
  missing: 0,
  frame: { sequence: 18234, captured: 1795170000000 },
};

/** A verdict for a reason of ST0. */
export function refused(reason: Reason): Verdict {
  return { ...nothingYet, reason, checks: { ...nothingYet.checks, number: "passed", signature: "failed" } };
}

const noPlaces: CardPlacesNow = { open: [], openFile: done, openFolder: done, openDevice: done };
const stick = { key: "1", kind: "folder", name: "KEYS", takeOut: nil } as const;
const withStick: CardPlacesNow = {
  ...noPlaces,
  open: [stick, { key: "2", kind: "file", name: "Home.sealcard", takeOut: nil }],
};
const onStick: CardOutside = { ...home, id: `${home.id}@1`, place: "1" };
const cards: CardsSnapshot = {
  places: noPlaces,
  cards: [home, workshop],
  busy: null,
  fault: null,
  opened: null,
  idle: { minutes: 15, choices: [1, 5, 15, 60] },
  setIdle: nil,
  make: yes,
  open: yes,
  erase: done,
  copy: done,
};

const onCard: CardInside = {
  cameras: [door, yard],
  blanks: [{ number: unpaired, name: "Gate", rights: ["live", "recordings"] }],
  account: { name: "Ada", server: "https://cam.example" },
  ways: [
    { kind: "recovery", added: 1794500000000 },
    { kind: "passkey", added: 1794600000000 },
  ],
  rule: 365,
  passwordChanged: 1794000000000,
  recoveryCode: null,
};
const keys: readonly CameraKeys[] = [
  {
    ...{ number, generation: 1, made: 1795000000000, since: 1795000000000 },
    ...{ cards: [{ id: home.id, name: home.name, since: 1795000000000 }], shutOut: [] },
  },
  {
    ...{ number: other, generation: 2, made: 1795100000000, since: null },
    cards: [
      { id: home.id, name: home.name, since: 1795100000000 },
      { id: "Z3JhbmRtYQ", name: "Grandma", since: 1795000000000 },
    ],
    shutOut: [{ id: workshop.id, name: workshop.name, since: null }],
  },
];
const changes: CardChanges = {
  ...{ rekey: yes, addCard: yes },
  ...{ changePassword: yes, addRecovery: yes, addPasskey: yes, dropWay: yes, setRule: yes, setAccount: yes },
  ...{ addBlank: yes, setRights: yes, eraseCamera: yes, eraseAllCameras: yes, copyCamera: yes },
};
const quietly = { wrongAttempts: 0, due: { state: "no" } } as const;
/** `/cards` with the first card open. */
const openedPage = (more: Partial<OpenedOnPage>, snapshot: Partial<CardsSnapshot> = {}): CardsSnapshot => ({
  ...cards,
  ...{
    close: nil,
    changes,
    opened: { id: home.id, inside: onCard, keys, said: quietly, isRecovered: false, ...more },
  },
  ...snapshot,
});

const recorded = (more: Partial<RecordingEntry>): RecordingEntry => ({
  ...{ name: "a", number, begun: 1795170000000, origin: "viewer", bytes: 1_430_000_000 },
  ...{ duration: 7_203_000, isKept: false, isStored: false, isWriting: false },
  ...more,
});
const retention = { settings: { erases: true, days: 30, bytes: "half" }, due: 0 } as const;
const kept = (more: Partial<StoredEntry>): StoredEntry => ({
  ...{ hash: "a".repeat(43), begun: 1795170000000, started: 1795169999000, first: 1795170000000 },
  ...{ last: 1795173600000, frames: 108_000, bytes: 920_000_000, isComplete: true, isWriting: false },
  ...{ isProtected: false, until: 1797762000000, ...more },
});
const elsewhere: StoredSnapshot = { step: "none", cameras: [], room: null, busy: null, fault: null };
const stored: StoredSnapshot = {
  ...elsewhere,
  step: "here",
  room: { used: 1_240_000_000, of: 2_147_483_648 },
  cameras: [
    {
      ...{ number, owner: "anna-k7m2qd", own: true, mayManage: true, fault: null },
      recordings: [
        kept({
          hash: "b".repeat(43),
          last: 1795170042000,
          bytes: 9_300_000,
          isComplete: false,
          isWriting: true,
        }),
        kept({ isProtected: true, until: null }),
        kept({ hash: "c".repeat(43), first: 1795083600000, isComplete: false, frames: 2_412 }),
      ],
    },
    {
      ...{ number: other, owner: "grandmother-of-the-family-b2c3d4", own: false, mayManage: false },
      ...{
        recordings: [kept({ hash: "d".repeat(43), bytes: 1_200, frames: 1, last: 1795170000000 })],
        fault: null,
      },
    },
    {
      number: "TN5LEHY3DVSGA6PCJ2FUOIK7Q2MZRB4XWTN5LEHY3K7Q2MZRB4XW",
      ...{ owner: "anna-k7m2qd", own: true, mayManage: true, recordings: [], fault: null },
    },
  ],
  ...{ play: nil, save: nil, protect: done, erase: done },
};

const recordings: RecordingsSnapshot = {
  recordings: [
    recorded({ name: "now", begun: 1795173900000, bytes: 48_300_000, duration: 252_000, isWriting: true }),
    recorded({ isKept: true }),
    recorded({
      name: "c",
      number: other,
      begun: 1795083600000,
      origin: "camera",
      bytes: 48_300_000,
      duration: 252_000,
    }),
    recorded({ name: "d", begun: 1795080000000, bytes: 1_200, duration: null }),
  ],
  room: { used: 1_526_601_200, free: 8_950_000_000, lasts: 50_700_000, mayVanish: true },
  retention,
  erased: [],
  busy: null,
  fault: null,
  stored: elsewhere,
  save: done,
  keep: done,
  erase: done,
  retain: done,
  stay: done,
};
const erased = (more: Partial<ErasedRecording>): ErasedRecording => ({
  ...{
    number,
    begun: 1792170000000,
    origin: "viewer",
    bytes: 730_000_000,
    why: "age",
    erased: 1795170000000,
  },
  ...more,
});
const wereErased = [
  erased({}),
  erased({ begun: 1792180000000 }),
  erased({ begun: 1792980000000, why: "room" }),
];

const checking: VerifySnapshot = {
  places: noPlaces,
  files: [],
  typed: { characters: 0, state: "none" },
  cards: [home],
  opening: false,
  card: null,
  fault: null,
  player: null,
  filmsStay: false,
  add: nil,
  remove: nil,
  type: nil,
  open: yes,
};
const unchanged: RecordingReport = {
  ...{
    state: "ST1",
    reasons: [],
    frames: 18234,
    good: { pictures: 18234, sounds: 1220, texts: 2 },
    tracks: [
      { track: 1, frames: 18234, first: { sequence: 120, captured: 1795170000000 }, sealed: 18354 },
      { track: 4, frames: 1220, first: { sequence: 0, captured: 1795169990000 }, sealed: 1220 },
      { track: 5, frames: 2, first: { sequence: 0, captured: 1795170004000 }, sealed: 2 },
    ],
    absent: [{ track: 2, frames: 9180 }],
    camera: number,
    gaps: [],
    gapCount: 0,
    missing: 0,
  },
  ...{
    faults: [],
    faultCount: 0,
    complete: true,
    cut: null,
    started: 1795169990000,
    from: 1795170000000,
    to: 1795170600000,
  },
  existedBefore: [
    {
      ...{ server: number, isKnown: false, frames: 18234 },
      ...{ time: 1795170603000, first: 1795170003000 },
    },
  ],
  ...{ readable: true, opened: false },
};
const gaps = Array.from({ length: 25 }, (_, index) => ({
  ...{ track: 0, from: 200 * index, to: 200 * index + (index % 3), offset: 1_400_000 * (index + 1) },
  after: index === 0 ? null : 1795170000000 + 7000 * index,
}));
const changed: RecordingReport = {
  ...{ ...unchanged, state: "ST0", reasons: ["tree", "splice", "incomplete"], complete: false },
  cut: { offset: 1_866_012_400, torn: 8_191 },
  ...{ gaps, gapCount: 1312, missing: 2014, faultCount: 2 },
  faults: [
    {
      offset: 1_403_122,
      reason: "tree",
      track: 0,
      sequence: 131,
      captured: 1795170004000,
      tiles: [165, 166],
    },
    { offset: 9_400_000, reason: "splice" },
  ],
};
const unknown: RecordingReport = { ...unchanged, state: "ST0", reasons: ["camera-unknown"] };
const notSealed: RecordingReport = {
  ...{ ...unchanged, state: "ST0", reasons: ["head", "incomplete"], frames: 0, camera: null },
  ...{
    good: { pictures: 0, sounds: 0, texts: 0 },
    tracks: [],
    absent: [],
    complete: false,
    started: null,
    from: null,
    to: null,
    readable: false,
  },
};
const checked = (
  name: string,
  report: RecordingReport | null,
  more: Partial<CheckedFile> = {},
): CheckedFile => ({
  ...{
    id: name,
    name,
    bytes: 48_300_000,
    step: report ? "judged" : "waiting",
    progress: report ? 1 : 0,
    judgement: report && { kind: "recording", report },
  },
  ...{ cameraName: null, fault: null, ...more },
});

const disclosed: DisclosedReport = {
  ...{ kind: "disclosed", state: "ST1", reasons: [], gaps: [], camera: number, frames: 17, readable: true },
  picture: { what: "delta", track: 1, sequence: 4211, captured: 1795170000000 },
};
/** The scene, as the worker hands a picture over. */
const bitmap = (): ImageBitmap => {
  const canvas = new OffscreenCanvas(1280, 720);
  canvas.getContext("2d")?.drawImage(paintScene(1280, 720), 0, 0);
  return canvas.transferToImageBitmap();
};
const scene = bitmap();
const picture = { what: "picture", picture: scene } as const;
const judgedAs = (
  name: string,
  judgement: NonNullable<CheckedFile["judgement"]>,
  more: Partial<CheckedFile> = {},
): CheckedFile =>
  checked(name, null, { ...{ step: "judged", progress: 1, judgement, bytes: 92_300 }, ...more });
const film: Mp4Report = {
  ...{ ...unchanged, opened: true },
  mp4: { ...{ matched: 19_311, foreign: 0, moved: 0, broken: 0, missing: 0 }, first: null },
};

const player: PlayerSnapshot = {
  ...{ cameraName: "Front door", number, length: 754_000, hasPictures: true, at: 187_000 },
  ...{ isGoing: false, hasEnded: false, isWaiting: false, rate: 1, isHeard: false, lines: [], fault: null },
  ...{ marks: [], report: { ...unchanged, opened: true }, judged: 1, saving: null },
  ...{ play: nil, pause: nil, seek: nil, visit: nil, setRate: nil, hear: nil, savePicture: nil, close: nil },
};
const marks = [
  { at: 187_000, until: 187_000, offset: 1_403_122, fault: changed.faults[0]! },
  { at: 240_000, until: 288_000, offset: 4_000_000, gap: { ...gaps[3]!, to: 1_400 } },
  {
    ...{ at: 400_000, until: 401_000, offset: null },
    hole: { before: 1795170400000, behind: 1795174000000 },
  },
  { at: 601_000, until: 601_000, offset: 9_400_000, fault: changed.faults[1]! },
];
const played: PlaySnapshot = {
  places: noPlaces,
  ...{
    step: "playing",
    cards: [home],
    recording: { number, begun: 1795170000000, bytes: 1_430_000_000 },
    player,
    fault: null,
  },
  filmsStay: false,
  eject: nil,
};
const recordedVerdict: Verdict = {
  ...passed,
  ...{ live: false, checks: { ...passed.checks, live: "not-run" } },
};

const hub: HubPairSnapshot = {
  role: "hub",
  places: noPlaces,
  account: null,
  isRegistered: false,
  step: "choose-card",
  cards: [home],
  cardName: null,
  fault: null,
  link: null,
  waitingFor: null,
  camera: null,
};
const link = {
  url: "https://camera.example/pair#1.kJ2v8QpX0sYw3ZtR5uN7mB1cD4eF6gH8iJ0kL2mN4oP.aB3cD5eF7gH9iJ1kL3mN5oP7qR9sT1uV3wX5yZ7",
  expires: 0,
  thisDeviceOnly: false,
};
const localLink = {
  ...link,
  url: link.url.replace("https://camera.example", "http://localhost:8787"),
  thisDeviceOnly: true,
};
const scanning: ScanPairSnapshot = {
  ...{ role: "scan", step: "scanning", preview: null, fault: null, refused: null, take: nil, back: nil },
};

const cameraPair: CameraPairSnapshot = {
  role: "camera",
  step: "asking-camera",
  devices: null,
  fault: null,
  expires: null,
  waitingFor: null,
  number: null,
  replaces: null,
  seemsExpired: false,
};
const devices = [
  { id: "a", label: "HD Webcam (046d:0825)", number },
  { id: "b", label: "USB document camera", number: null },
];

const camera: CameraSnapshot = {
  step: "asking",
  devices: null,
  chosen: null,
  fault: null,
  preview: null,
  number: null,
  generation: null,
  running: null,
  sound: "off",
  recordsFromStart: false,
  recording: null,
  recorded: false,
  erased: [],
  said: [],
  copies: null,
  returned: null,
  standsHidden: false,
  key: null,
  isChanging: false,
  looks: false,
  drawn: null,
};
/** A stream's key as it usually is. */
const key: KeyStatus = {
  ...{ epoch: 1, changed: 1795170600000, cause: "interval", next: 1795171200000, life: 600_000 },
  seed: { light: "frame", tries: 1, uniformShare: 0.03, minEntropy: 1_204_224, refused: null },
};
const noLight = { light: "none", tries: 5, uniformShare: 0.94, minEntropy: 310, refused: "uniform" } as const;
const progress = {
  waiting: 3_400_000,
  unfinished: 1,
  confirmed: 2,
  until: 1795170754000,
  refused: [],
  why: null,
};
const copies = { isOffered: true, isKept: true, progress };
const running = {
  since: 1795170000000,
  framesPerSecond: 29.8,
  frames: 18234,
  width: 1280,
  height: 720,
  watchers: ["TN5L EHY3"],
  relay: "reachable",
  leftOut: 0,
  unsent: 0,
} as const;
/** What a camera can do while it runs. */
const during = {
  stop: done,
  sendSound: nil,
  say: yes,
  record: done,
  see: nil,
  rekey: done,
  keepKey: done,
  key,
} as const;

const viewer: ViewerSnapshot = {
  places: noPlaces,
  pass: null,
  passUntil: null,
  step: "choose-card",
  cards: [home, workshop],
  cardName: null,
  cardSaid: null,
  cameras: null,
  fault: null,
  camera: null,
  waitingFor: null,
  verdict: null,
  delay: null,
  path: null,
  label: null,
  recording: null,
  recorded: false,
  erased: [],
  onCamera: null,
  quality: { picture: "full", framesPerSecond: 30 },
  size: null,
  sound: { state: "off", volume: 0.8 },
  lines: [],
  leftOut: 0,
  alarm: null,
  resumed: null,
  isAlarmHeard: true,
  elsewhere: null,
  tiles: [],
};
const tile = (camera: CameraOnCard, more: Partial<TileNow> = {}): TileNow => ({
  ...{ number: camera.number, name: camera.name, isLive: true, isOneTooMany: false },
  ...{ waitingFor: null, delay: 42, path: "relayed", fault: null, elsewhere: null, pause: nil },
  ...more,
});
const without = { delay: null, path: null } as const;
/** Cameras of a card that is nearly full, by names that people give. */
const many = [
  "Front door",
  "Yard",
  "Workshop, the bench under the north window",
  "Garage",
  "Attic",
  "Cellar",
].map((name, at) => ({ ...door, name, number: `${"ABCDEF"[at]}${number.slice(1)}` }));
const [first, second, third, fourth, fifth, sixth] = many as [
  ...[CameraOnCard, CameraOnCard, CameraOnCard, CameraOnCard, CameraOnCard, CameraOnCard],
];
const grid: ViewerSnapshot = {
  ...{ ...viewer, step: "grid", cardName: "Home", cameras: [door, yard], leave: nil, eject: nil },
  tiles: [tile(door, { path: "direct", delay: 9 }), tile(yard)],
};
const viewing: ViewerSnapshot = {
  ...viewer,
  step: "viewing",
  cardName: "Home",
  camera: { number, name: "Front door" },
  verdict: passed,
  delay: 9,
  path: "this-device",
  label: "HD Webcam (046d:0825)",
  size: { width: 1280, height: 720 },
  leave: nil,
  eject: nil,
};
/** What a viewer can do beside leaving. */
const adjusting = {
  chooseQuality: nil,
  hear: nil,
  setVolume: nil,
  hearAlarm: nil,
  record: done,
  showOnCamera: done,
} as const;
const onCamera = {
  recordings: [
    { begun: 1795169900000, bytes: 141_300_000, isWriting: true },
    { begun: 1795083500000, bytes: 3_400_000_000, isWriting: false },
    { begun: 1794997100000, bytes: 820_000, isWriting: false },
  ],
  ...{ copying: null, player: null, fault: null, play: done, save: done, close: nil },
};
const lines = [
  { text: "The postman was here.", captured: 1795169900000 },
  { text: "He left a parcel behind the blue bin, and the gate is open until six.", captured: 1795169960000 },
];

const outside: AccountSnapshot = {
  ...{ step: "out", busy: null, fault: null, seconds: null, signUp: "open", hasPasskeys: true, isNew: false },
  ...{ mustConfirm: false, account: null, cameras: [], unregistered: [], waitedFor: [], log: [] },
  ...{ enrolling: null, signUpPasskey: yes, signUpPassword: yes, signInPasskey: yes, signInPassword: yes },
};
const phone = {
  ...{ id: "b", device: "Safari, iPhone", began: 1795000000000, used: 1795160000000 },
  own: false,
};
const inside: AccountSnapshot = {
  ...outside,
  step: "in",
  account: {
    name: "anna-k7m2qd",
    sessions: [
      { ...{ id: "a", device: "Chrome, Linux", began: 1795100000000, used: 1795170000000 }, own: true },
      phone,
    ],
    passkeys: [{ id: "k", device: "Safari, iPhone", added: 1795000000000, used: 1795160000000 }],
    ...{ hasPassword: true, hasAuthenticator: false, delivery: "viewer", recentUntil: 1795170600000 },
  },
  cameras: [
    {
      ...{ number, owner: "anna-k7m2qd", own: true, rights: { live: true, recordings: true, manage: true } },
      shares: [{ name: "ben-x3tq7a", live: true, recordings: false, manage: false }],
    },
    {
      ...{ number: other, owner: "grandmother-of-the-family-b2c3d4", own: false, shares: [] },
      rights: { live: true, recordings: true, manage: false },
    },
  ],
  unregistered: [
    { number: "TN5LEHY3DVSGA6PCJ2FUOIK7Q2MZRB4XWTN5LEHY3K7Q2MZRB4XW", isPinned: true },
    { number: "GA6PCJ2FUOIK7Q2MZRB4XWTN5LEHY3K7Q2MZRB4XWTN5LEHY3DVS", isPinned: false },
  ],
  log: [
    { at: 1795170000000, what: "pass-given", device: "Chrome, Linux", about: "", count: 1 },
    { at: 1795169000000, what: "refused-password", device: "Firefox, Windows", about: "", count: 214 },
    { at: 1795160000000, what: "camera-registered", device: "Chrome, Linux", about: number, count: 1 },
  ],
  ...{ signOut: yes, revoke: yes, addPasskey: yes, removePasskey: yes, setPassword: yes },
  ...{ removePassword: yes, choose: yes, enrol: yes, confirmEnrol: yes, register: yes, share: yes },
  ...{ takeBack: yes, removeCamera: yes, erase: yes },
};

const operator: OperatorSnapshot = {
  step: "here",
  cameras: [
    {
      ...{ number, owner: "anna-k7m2qd", own: true },
      recordings: [
        {
          entry: kept({ hash: "b".repeat(43) }),
          check: { ...checked("b", null), step: "judging", progress: 0.4 },
        },
        { entry: kept({}), check: checked("a", { ...unchanged, opened: false }) },
        { entry: kept({ hash: "c".repeat(43), isComplete: false }), check: checked("c", changed) },
        { entry: kept({ hash: "d".repeat(43), isWriting: true, isComplete: false }), check: null },
        {
          entry: kept({ hash: "e".repeat(43) }),
          check: { ...checked("e", null), step: "failed", fault: "stored-answer" },
        },
      ],
    },
    { ...{ number: other, owner: "grandmother-of-the-family-b2c3d4", own: false }, recordings: [] },
  ],
  ...{ fault: null, check: nil, checkAll: nil },
};

const page = (path: DrawnState["path"], tag: string) => (snapshot: unknown) => ({ path, tag, snapshot });
const accountPage = page("/account", "sealcam-account-page");
const cardsPage = page("/cards", "sealcam-cards-page");
const playPage = page("/play", "sealcam-play-page");
const recordingsPage = page("/recordings", "sealcam-recordings-page");
const operatorPage = page("/operator", "sealcam-operator-page");
const verifyPage = page("/verify", "sealcam-verify-page");
const selfCheckPage = page("/self-check", "sealcam-self-check-page");

const answered: SelfCheckSnapshot = {
  answers: answerNames.map((name, at) => ({ name, result: "passed", ms: 0.4 + 17 * at })),
  abilities: abilityNames.map((name) => ({ name, result: name === "av1" ? "missing" : "passed", ms: 3 })),
  ...{ fault: null, step: "off", cameraFault: null, camera: null, size: null, verdict: null, cheat: null },
  again: nil,
  start: done,
};
const unanswered = <N extends string>(names: readonly N[]) =>
  names.map((name) => ({ name, result: "waiting" as const, ms: null }));
const { start: _, ...on } = answered;
const watching: SelfCheckSnapshot = {
  ...on,
  ...{ step: "watching", camera: { number, label: "HD Webcam (046d:0825)" }, verdict: passed },
  ...{ size: { width: 1280, height: 720 }, stop: nil, turn: nil, cheatWith: nil },
};
const { turn: __, cheatWith: ___, ...cheated } = { ...watching, step: "cheated" as const, resend: nil };
const changedTile = { ...refused("tree"), changedTiles: [226], recovering: 10 };
const pairPage = page("/pair", "sealcam-pair-page");
const cameraPage = page("/camera", "sealcam-camera-page");
const wantsPass: ViewerSnapshot = { ...viewing, verdict: null, delay: null, path: null };
const passNow: PassNow = { step: "enter", asked: null, fault: null, seconds: null, enter: yes, ask: done };
const viewerPage = page("/viewer", "sealcam-viewer-page");
const withLink = { cardName: "Home", link: { ...link, expires: Date.now() + 9.7 * 60_000 } };

export const states: Readonly<Record<string, DrawnState>> = {
  home: { path: "/", tag: "sealcam-home-page" },
  none: { path: "/nowhere", tag: "sealcam-none-page" },
  insecure: { path: "/nowhere", tag: "sealcam-insecure-page" },

  "account-reading": accountPage({ ...outside, step: "reading" }),
  "account-none": accountPage({ ...outside, step: "none" }),
  "account-out": accountPage(outside),
  "account-invited": accountPage({ ...outside, signUp: "invitation", hasPasskeys: false }),
  "account-closed": accountPage({ ...outside, signUp: "closed", fault: "account-later", seconds: 42 }),
  "account-busy": accountPage({ ...outside, busy: "password", signInPasskey: undefined }),
  "account-in": accountPage(inside),
  "account-new": accountPage({
    ...inside,
    ...{ isNew: true, cameras: [], unregistered: [], removePasskey: undefined, removePassword: undefined },
  }),
  "account-confirm": accountPage({ ...inside, mustConfirm: true }),
  "account-waited": accountPage({
    ...inside,
    waitedFor: [
      { code: "40718823", device: "Chrome, Windows", cameras: [number, other], until: 1795170100000 },
    ],
  }),
  "account-enrolling": accountPage({
    ...inside,
    enrolling: {
      secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
      uri: "otpauth://totp/Sealcam:anna-k7m2qd?issuer=Sealcam&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30",
    },
  }),

  "cards-reading": cardsPage({ ...cards, cards: null, make: undefined }),
  "cards-none": cardsPage({ ...cards, cards: [] }),
  "cards-stick": cardsPage({ ...cards, cards: [home, onStick], places: withStick, lay: yes }),
  "cards-stick-empty": cardsPage({ ...cards, places: withStick, lay: yes }),
  "cards-stick-open": cardsPage(
    openedPage({ id: onStick.id }, { cards: [onStick, workshop], places: withStick, lay: yes }),
  ),
  "cards-removed": cardsPage({ ...cards, fault: "card-removed" }),
  "cards-making": cardsPage({ ...cards, cards: [], busy: "making", make: undefined }),
  "cards-two": cardsPage(cards),
  "cards-open": cardsPage(openedPage({})),
  "cards-open-empty": cardsPage(
    openedPage(
      { inside: { ...onCard, cameras: [], blanks: [], account: null, ways: [], rule: null } },
      { cards: [home] },
    ),
  ),
  "cards-open-said": cardsPage(
    openedPage({ said: { wrongAttempts: 3, due: { state: "soon", until: 1797000000000 } } }),
  ),
  "cards-due": cardsPage(
    openedPage({ said: { wrongAttempts: 0, due: { state: "now" } } }, { changes: { changePassword: yes } }),
  ),
  "cards-recovered": cardsPage(openedPage({ isRecovered: true })),
  "cards-code": cardsPage(
    openedPage(
      { inside: { ...onCard, recoveryCode: "K7Q2-MZRB-4XWT-N5LE-HY3D-VSGA-6PCJ-2FUO-IK7Q" } },
      { changes: { ...changes, hideCode: nil } },
    ),
  ),
  "cards-changing": cardsPage(openedPage({}, { busy: "changing", changes: {} })),
  "cards-fault": cardsPage({ ...cards, cards: [], fault: "password-short" }),

  "recordings-reading": recordingsPage({ ...recordings, recordings: null, room: null, retention: null }),
  "recordings-none": recordingsPage({
    ...recordings,
    recordings: [],
    room: { used: 0, free: 10_480_000_000, lasts: null, mayVanish: true },
  }),
  "recordings-some": recordingsPage(recordings),
  "recordings-play": recordingsPage({
    ...recordings,
    play: nil,
    stay: undefined,
    room: { ...recordings.room, mayVanish: false },
  }),
  "recordings-erased": recordingsPage({ ...recordings, erased: wereErased, forget: done }),
  "recordings-due": recordingsPage({
    ...recordings,
    retention: { settings: { ...retention.settings, days: 1 }, due: 2 },
  }),
  "recordings-never": recordingsPage({
    ...recordings,
    retention: { settings: { erases: false, days: 30, bytes: 3e9 }, due: 0 },
  }),
  "recordings-busy": recordingsPage({
    ...{
      ...recordings,
      busy: "erasing",
      save: undefined,
      keep: undefined,
      erase: undefined,
      retain: undefined,
    },
    stay: undefined,
  }),
  "recordings-server": recordingsPage({ ...recordings, stored }),
  "recordings-server-reading": recordingsPage({
    ...recordings,
    stored: { ...elsewhere, step: "reading" },
  }),
  "recordings-server-out": recordingsPage({ ...recordings, stored: { ...elsewhere, step: "out" } }),
  "recordings-server-none": recordingsPage({ ...recordings, stored: { ...elsewhere, step: "here" } }),
  "recordings-server-fault": recordingsPage({
    ...recordings,
    recordings: [],
    stored: {
      ...{ ...stored, fault: "offline", again: done },
      cameras: stored.cameras.map((camera) => ({ ...camera, recordings: null, fault: "stored-answer" })),
    },
  }),
  "recordings-server-erasing": recordingsPage({
    ...recordings,
    recordings: [],
    stored: { ...stored, busy: "erasing" },
  }),
  "operator-reading": operatorPage({ step: "reading", cameras: [], fault: null }),
  "operator-out": operatorPage({ step: "out", cameras: [], fault: null }),
  "operator-none": operatorPage({ step: "here", cameras: [], fault: null }),
  "operator-fault": operatorPage({ step: "reading", cameras: [], fault: "offline", again: done }),
  "operator-some": operatorPage(operator),
  "recordings-fault": recordingsPage({ ...recordings, fault: "recording-busy" }),

  "verify-none": verifyPage(checking),
  "verify-no-card": verifyPage({ ...checking, cards: [], open: undefined }),
  "verify-films-stay": verifyPage({ ...checking, filmsStay: true }),
  "verify-opening": verifyPage({ ...checking, opening: true, open: undefined }),
  "verify-password": verifyPage({ ...checking, fault: "password" }),
  "verify-partial-number": verifyPage({ ...checking, typed: { characters: 24, state: "partial" } }),
  "verify-wrong-number": verifyPage({ ...checking, typed: { characters: 53, state: "wrong" } }),
  "verify-going-on": verifyPage({
    ...checking,
    files: [checked("a.sealed", null, { step: "judging", progress: 0.4 }), checked("b.sealed", null)],
  }),
  "verify-unchanged": verifyPage({
    ...{ ...checking, typed: { characters: 52, state: "whole" } },
    files: [checked("2026-11-18T10:00:00Z K7Q2MZRB.sealed", unchanged)],
  }),
  "verify-card": verifyPage({
    ...{ ...checking, open: undefined, card: { name: "Home", cameras: 2 }, eject: nil },
    files: [checked("a.sealed", { ...unchanged, opened: true }, { cameraName: "Front door" })],
  }),
  "verify-reports": verifyPage({
    ...checking,
    files: [
      ...[checked("unknown.sealed", unknown), checked("changed.sealed", changed)],
      checked("notes.txt", notSealed, { bytes: 1200 }),
      checked("gone.sealed", null, { step: "failed", fault: "file-unreadable" }),
    ],
  }),

  "verify-disclosed": verifyPage({
    ...{ ...checking, typed: { characters: 52, state: "whole" } },
    files: [
      judgedAs("2026-11-18T10:00:00Z.sealed", { kind: "disclosed", report: disclosed, content: picture }),
    ],
  }),
  "verify-disclosed-unknown": verifyPage({
    ...checking,
    files: [
      judgedAs("picture.sealed", {
        ...{ kind: "disclosed", content: picture },
        report: { ...disclosed, state: "ST0", reasons: ["camera-unknown"] },
      }),
      judgedAs("line.sealed", {
        ...{ kind: "disclosed", content: { what: "text", words: "The parcel lies\nbehind the blue bin." } },
        report: {
          ...{ ...disclosed, state: "ST0", reasons: ["camera-unknown"], frames: 1 },
          picture: { what: "text", track: 5, sequence: 2, captured: 1795170000000 },
        },
      }),
    ],
  }),
  "verify-disclosed-others": verifyPage({
    ...{ ...checking, open: undefined, card: { name: "Home", cameras: 2 }, eject: nil },
    files: [
      judgedAs("damaged.sealed", {
        ...{ kind: "disclosed", content: null },
        report: { ...disclosed, state: "ST0", reasons: ["signature"], picture: null, frames: 0 },
      }),
      judgedAs(
        "sound.sealed",
        {
          ...{ kind: "disclosed", content: { what: "sound" } },
          report: {
            ...disclosed,
            frames: 1,
            picture: { what: "sound", track: 4, sequence: 8, captured: 1795170000000 },
          },
        },
        { cameraName: "Front door" },
      ),
      judgedAs("strange.sealed", { kind: "disclosed", report: disclosed, content: { what: "codec" } }),
    ],
  }),
  "verify-films": verifyPage({
    ...{ ...checking, open: undefined, card: { name: "Home", cameras: 2 }, eject: nil },
    files: [
      judgedAs("a.mp4", { kind: "film", report: film }, { cameraName: "Front door" }),
      judgedAs("b.mp4", {
        kind: "film",
        report: {
          ...{ ...film, state: "ST0", reasons: ["mp4-foreign"] },
          mp4: { ...{ matched: 19_000, foreign: 311, moved: 0, broken: 0, missing: 0 }, first: null },
        },
      }),
      judgedAs("c.mp4", { kind: "foreign", format: "mp4" }),
      judgedAs("d.jpg", { kind: "foreign", format: "jpeg" }),
    ],
  }),

  "self-check-going-on": selfCheckPage({
    ...answered,
    answers: unanswered(answerNames),
    abilities: unanswered(abilityNames),
    again: undefined,
  }),
  "self-check-right": selfCheckPage(answered),
  "self-check-wrong": selfCheckPage({
    ...answered,
    answers: answered.answers.map((line) => (line.name === "aead" ? { ...line, result: "failed" } : line)),
    abilities: answered.abilities.map((line) => ({ ...line, result: "failed" })),
  }),
  "self-check-old-browser": selfCheckPage({
    ...answered,
    answers: answered.answers.map((line) =>
      line.name === "ed25519" ? { ...line, result: "missing" } : line,
    ),
  }),
  "self-check-stopped": selfCheckPage({ ...answered, fault: "worker-dead" }),
  "self-check-asking": selfCheckPage({ ...on, step: "asking" }),
  "self-check-refused": selfCheckPage({ ...answered, cameraFault: "camera-refused" }),
  "self-check-starting": selfCheckPage({ ...on, step: "starting", stop: nil }),
  "self-check-watching": { ...selfCheckPage(watching), verdict: passed, picture: "drawn" },
  "self-check-turned": {
    ...selfCheckPage({ ...cheated, verdict: changedTile, cheat: { kind: "bit", tile: 226 } }),
    ...{ verdict: changedTile, picture: "then-null" },
  },
  "self-check-twice": {
    ...selfCheckPage({ ...cheated, verdict: refused("sequence"), cheat: { kind: "again" } }),
    ...{ verdict: refused("sequence"), picture: "then-null" },
  },

  "verify-play": verifyPage({
    ...{ ...checking, open: undefined, card: { name: "Home", cameras: 2 }, eject: nil, play: nil },
    files: [checked("a.sealed", { ...unchanged, opened: true }, { cameraName: "Front door" })],
  }),
  "verify-playing": {
    ...verifyPage({ ...checking, open: undefined, card: { name: "Home", cameras: 2 }, eject: nil, player }),
    ...{ verdict: recordedVerdict, picture: "drawn" },
  },

  "play-card": playPage({ ...played, step: "choose-card", player: null, open: yes, eject: undefined }),
  "play-password": playPage({ ...played, step: "choose-card", player: null, fault: "password", open: yes }),
  "play-no-card": playPage({ ...played, step: "choose-card", player: null, cards: [] }),
  "play-films-stay": playPage({
    ...{ ...played, step: "choose-card", player: null, filmsStay: true, open: yes, eject: undefined },
  }),
  "play-loading": playPage({ ...played, step: "loading", player: null }),
  "play-closed": playPage({ ...played, step: "closed", player: null }),
  "play-failed": playPage({
    ...{
      ...played,
      step: "failed",
      player: null,
      recording: null,
      fault: "recording-none",
      eject: undefined,
    },
  }),
  "play-standing": { ...playPage(played), verdict: recordedVerdict, picture: "drawn" },
  "play-going": {
    ...playPage({
      ...played,
      player: {
        ...{ ...player, isGoing: true, rate: 4, isHeard: true, report: null, judged: 0.42 },
        lines: [
          { at: 100_000, captured: 1795170100000, words: "Parcel expected before noon" },
          { at: 180_000, captured: 1795170180000, words: "門を開けておいてください" },
        ],
      },
    }),
    ...{ verdict: recordedVerdict, picture: "drawn" },
  },
  "play-changed": {
    ...playPage({ ...played, player: { ...player, isHeard: null, hear: undefined, report: changed, marks } }),
    verdict: {
      ...refused("tree"),
      ...{
        checks: { ...recordedVerdict.checks, tree: "failed", commitment: "not-run", sequence: "not-run" },
      },
      changedTiles: [165, 166, 167, 185, 186, 187, 188, 206, 207],
    },
    picture: "drawn",
  },
  "play-hole": {
    ...playPage({
      ...played,
      player: { ...player, marks, report: { ...unchanged, state: "ST0", reasons: ["incomplete"] } },
    }),
    ...{ verdict: { ...nothingYet, missing: 40 }, picture: "then-null" },
  },
  "play-all": {
    ...playPage({ ...played, player: { ...player, saveMp4: nil, disclose: nil, hasEnded: true } }),
    ...{ verdict: recordedVerdict, picture: "drawn" },
  },
  "play-saving": {
    ...playPage({ ...played, player: { ...player, saving: 0.3, cancelMp4: nil, fault: "mp4-empty" } }),
    ...{ verdict: recordedVerdict, picture: "drawn" },
  },
  "play-no-pictures": playPage({
    ...{ ...played, player: { ...player, hasPictures: false, cameraName: null, savePicture: undefined } },
  }),

  "pair-no-card": pairPage({ ...hub, cards: [], scan: done }),
  "pair-card": pairPage({ ...hub, open: yes, scan: done }),
  "pair-opening": pairPage({ ...hub, step: "opening" }),
  "pair-link": pairPage({ ...hub, ...withLink, step: "link", waitingFor: "camera" }),
  "pair-link-local": pairPage({
    ...{ ...hub, cardName: "Home", link: { ...localLink, expires: withLink.link.expires } },
    ...{ step: "link", waitingFor: "camera" },
  }),
  "pair-scan-asking": pairPage({ ...scanning, step: "asking" }),
  "pair-scan": pairPage(scanning),
  "pair-scan-foreign": pairPage({ ...scanning, refused: "link-foreign" }),
  "pair-scan-typing": pairPage({ ...scanning, step: "typing", fault: "camera-none", retry: nil }),
  "pair-scan-typed-wrong": pairPage({
    ...{ ...scanning, step: "typing", fault: "camera-refused", refused: "link-none", retry: nil },
  }),
  "pair-compare": pairPage({
    ...{
      ...hub,
      ...withLink,
      step: "compare",
      camera: { number, label: "HD Webcam (046d:0825)", name: null },
    },
    ...{ confirm: done, reject: nil },
  }),
  "pair-compare-anew": pairPage({
    ...{ ...hub, ...withLink, step: "compare", camera: { number, label: "HD Webcam", name: "Front door" } },
    ...{ confirm: done, reject: nil },
  }),
  "pair-compare-signed-in": pairPage({
    ...{
      ...hub,
      ...withLink,
      step: "compare",
      camera: { number, label: "HD Webcam (046d:0825)", name: null },
    },
    ...{ account: "anna-k2m7qx", confirm: done, reject: nil },
  }),
  "pair-registered": pairPage({
    ...{
      ...hub,
      cardName: "Home",
      step: "done",
      camera: { number, label: "HD Webcam", name: null },
      restart: nil,
    },
    ...{ account: "anna-k2m7qx", isRegistered: true },
  }),
  "pair-writing": pairPage({ ...hub, ...withLink, step: "writing", waitingFor: "acknowledgement" }),
  "pair-done": pairPage({
    ...{
      ...hub,
      cardName: "Home",
      step: "done",
      camera: { number, label: "HD Webcam", name: null },
      restart: nil,
    },
  }),
  "pair-failed": pairPage({ ...hub, step: "failed", fault: "link-expired", restart: nil }),

  "pair-camera-asking": pairPage({ ...cameraPair, waitingFor: "permission" }),
  "pair-camera-seems-expired": pairPage({
    ...{ ...cameraPair, step: "choose-device", devices, seemsExpired: true, choose: done },
  }),
  "pair-camera-choose": pairPage({ ...cameraPair, step: "choose-device", devices, choose: done }),
  "pair-camera-connecting": pairPage({ ...cameraPair, step: "connecting", waitingFor: "hub" }),
  "pair-camera-compare": pairPage({
    ...{ ...cameraPair, step: "compare", number, replaces: "hub", confirm: nil, reject: nil },
  }),
  "pair-camera-anew": pairPage({
    ...{ ...cameraPair, step: "compare", number, replaces: "pairing", confirm: nil, reject: nil },
  }),
  "pair-camera-confirmed": pairPage({
    ...{ ...cameraPair, step: "compare", number, waitingFor: "confirmation", reject: nil },
  }),
  "pair-camera-done": pairPage({ ...cameraPair, step: "done", number }),
  "pair-camera-failed": pairPage({ ...cameraPair, step: "failed", fault: "pairing-mac" }),

  "camera-asking": cameraPage(camera),
  "camera-choose": cameraPage({ ...camera, step: "choose", devices, choose: done }),
  "camera-preview": cameraPage({
    ...camera,
    step: "preview",
    devices,
    chosen: "a",
    number,
    choose: done,
    start: done,
  }),
  "camera-choices": cameraPage({
    ...{ ...camera, step: "preview", devices, chosen: "a", number, choose: done, start: done },
    ...{ sound: "wanted", sendSound: nil, recordFromStart: nil, recorded: true },
  }),
  "camera-copies": cameraPage({
    ...{ ...camera, step: "preview", devices, chosen: "a", number, choose: done, start: done },
    ...{ sendSound: nil, recordFromStart: nil, keepCopies: done, recordsFromStart: true },
    copies: { ...copies, progress: { ...progress, waiting: 0, unfinished: 0, until: null } },
  }),
  "camera-copies-not-registered": cameraPage({
    ...{ ...camera, step: "preview", devices, chosen: "a", number, choose: done, start: done },
    ...{ sendSound: nil, recordFromStart: nil, keepCopies: done },
    copies: { ...copies, progress: { ...progress, why: "copy-not-registered" } },
  }),
  "camera-copies-waiting": cameraPage({
    ...{ ...camera, step: "running", devices, chosen: "a", number, generation: 1, running, ...during },
    ...{ recording: { seconds: 754, bytes: 141_300_000 }, record: undefined, stopRecording: nil },
    copies: { ...copies, progress },
  }),
  "camera-copies-offline": cameraPage({
    ...{ ...camera, step: "running", devices, chosen: "a", number, generation: 1, running, ...during },
    copies: { ...copies, progress: { ...progress, why: "copy-offline" } },
  }),
  "camera-not-paired": cameraPage({
    ...{ ...camera, step: "preview", devices, chosen: "b", fault: "camera-not-paired", choose: done },
  }),
  "camera-starting": cameraPage({ ...camera, step: "starting", devices, chosen: "a", number }),
  "camera-running": cameraPage({
    ...{ ...camera, step: "running", devices, chosen: "a", number, generation: 1, running, ...during },
  }),
  "camera-idle": cameraPage({
    ...{ ...camera, step: "running", devices, chosen: "a", number, generation: 1, ...during },
    running: { ...running, watchers: [] },
  }),
  "camera-everything": cameraPage({
    ...{ ...camera, step: "running", devices, chosen: "a", number, generation: 1, ...during },
    ...{ running: { ...running, leftOut: 37 }, sound: "on", record: undefined, stopRecording: nil },
    ...{ recording: { seconds: 754, bytes: 141_300_000 }, recorded: true },
    said: lines.map((line, at) => ({ ...line, viewers: at, isRecorded: at > 0 })),
  }),
  "camera-first-key": cameraPage({
    ...{ ...camera, step: "running", devices, chosen: "a", number, generation: 1, running, ...during },
    key: { ...key, epoch: 0, cause: "begin", life: 3_600_000 },
  }),
  "camera-dark": cameraPage({
    ...{ ...camera, step: "running", devices, chosen: "a", number, generation: 1, running, ...during },
    key: { ...key, cause: "asked", seed: noLight },
  }),
  "camera-intrusion": cameraPage({
    ...{ ...camera, step: "running", devices, chosen: "a", number, generation: 1, running, ...during },
    ...{ key: { ...key, cause: "second-sensor" }, isChanging: true },
  }),
  "camera-looking": cameraPage({
    ...{ ...camera, step: "running", devices, chosen: "a", number, generation: 1, running, ...during },
    ...{ looks: true, look: sealedNoise },
    drawn: { track: 1, sequence: 213, kind: "delta", bytes: 18_432, viewers: 1 },
  }),
  "camera-looking-alone": cameraPage({
    ...{ ...camera, step: "running", devices, chosen: "a", number, generation: 1, ...during },
    ...{ running: { ...running, watchers: [] }, looks: true, look: sealedNoise },
    drawn: { track: 0, sequence: 7, kind: "raw", bytes: 1_395_512, viewers: 0 },
  }),
  "camera-microphone": cameraPage({
    ...{ ...camera, step: "running", devices, chosen: "a", number, generation: 1, running, ...during },
    fault: "microphone-refused",
  }),
  "camera-unreachable": cameraPage({
    ...{ ...camera, step: "running", devices, chosen: "a", number, generation: 1, stop: done },
    running: { ...running, watchers: [], relay: "unreachable" },
  }),
  "camera-returned": cameraPage({
    ...{ ...camera, step: "running", devices, chosen: "a", number, generation: 1, running, ...during },
    ...{ returned: "hidden", standsHidden: true },
  }),
  "camera-unsent": cameraPage({
    ...{ ...camera, step: "running", devices, chosen: "a", number, generation: 1, ...during },
    running: { ...running, unsent: 1 },
  }),
  "camera-unsteady": cameraPage({ ...camera, step: "failed", fault: "camera-unsteady", retry: done }),
  "camera-failed": cameraPage({ ...camera, step: "failed", fault: "camera-refused", retry: done }),

  "viewer-no-card": viewerPage({ ...viewer, cards: [] }),
  "viewer-card": viewerPage({ ...viewer, open: yes }),
  "viewer-opening": viewerPage({ ...viewer, step: "opening" }),
  "viewer-stick": viewerPage({ ...viewer, cards: [onStick, home], places: withStick, open: yes }),
  "viewer-removed": viewerPage({ ...viewer, cards: [home], fault: "card-removed", open: yes }),
  "viewer-password": viewerPage({ ...viewer, cards: [home], fault: "password", open: yes }),
  "viewer-cameras": viewerPage({
    ...{ ...viewer, step: "choose-camera", cardName: "Home", cameras: [door, yard], view: done, eject: nil },
    viewAll: nil,
  }),
  "viewer-no-camera": viewerPage({
    ...viewer,
    step: "choose-camera",
    cardName: "Home",
    cameras: [],
    eject: nil,
  }),
  "viewer-grid": { ...viewerPage(grid), tiles: { [door.number]: passed, [yard.number]: passed } },
  "viewer-grid-mixed": {
    ...viewerPage({
      ...{ ...grid, cameras: many, fault: "pass-over" },
      tiles: [
        tile(first, { path: "direct", delay: 9 }),
        tile(second, { delay: 1340 }),
        tile(third, { ...without, waitingFor: "camera", elsewhere: "cameras.example.org" }),
        tile(fourth, { ...without, fault: "pass-none" }),
        tile(fifth, { ...without, isLive: false, pause: undefined, resume: nil } as unknown as TileNow),
        tile(sixth, {
          ...without,
          isLive: false,
          isOneTooMany: true,
          pause: undefined,
        } as unknown as TileNow),
      ],
    }),
    tiles: {
      [first.number]: passed,
      [second.number]: refused("signature"),
      [third.number]: refused("waiting"),
    },
  },
  "viewer-elsewhere": viewerPage({
    ...{ ...viewing, verdict: null, delay: null, path: null, waitingFor: "camera" },
    elsewhere: "cameras.example.org",
  }),
  "viewer-waiting": viewerPage({ ...viewing, verdict: null, delay: null, path: null, waitingFor: "camera" }),
  "viewer-refused": viewerPage({ ...viewing, verdict: null, delay: null, path: null, fault: "peer-proof" }),
  "viewer-pass": viewerPage({
    ...wantsPass,
    pass: { ...passNow, asked: { id: "a", by: "viewer", code: "48210937", digits: 8 } },
  }),
  "viewer-pass-device": viewerPage({
    ...{
      ...wantsPass,
      pass: {
        ...passNow,
        fault: "account-one-time",
        asked: { id: "a", by: "device", code: null, digits: 8 },
      },
    },
  }),
  "viewer-pass-app": viewerPage({
    ...wantsPass,
    pass: { ...passNow, asked: { id: "a", by: "authenticator", code: null, digits: 6 } },
  }),
  "viewer-pass-signed-out": viewerPage({
    ...wantsPass,
    pass: { ...passNow, step: "signed-out", enter: undefined },
  }),
  "viewer-pass-refused": viewerPage({
    ...{ ...wantsPass, pass: { ...passNow, step: "refused", fault: "pass-signature", enter: undefined } },
  }),
  "viewer-pass-runs": {
    ...viewerPage({ ...viewing, passUntil: Date.now() + 29.5 * 60_000, renew: done }),
    verdict: passed,
    picture: "drawn",
  },
  "viewer-pass-renewing": {
    ...viewerPage({
      ...{ ...viewing, passUntil: Date.now() + 29.5 * 60_000, renew: done },
      pass: { ...passNow, asked: { id: "a", by: "viewer", code: "48210937", digits: 8 } },
    }),
    ...{ verdict: passed, picture: "drawn" },
  },
  "viewer-pass-over": viewerPage({ ...viewer, cards: [home], fault: "pass-over", open: yes }),
  "viewer-on-camera": viewerPage({ ...viewing, ...adjusting, onCamera }),
  "viewer-on-camera-copying": viewerPage({
    ...{ ...viewing, ...adjusting, showOnCamera: done },
    onCamera: {
      ...onCamera,
      copying: { begun: 1795083500000, share: 0.42 },
      play: undefined,
      save: undefined,
    },
  }),
  "viewer-on-camera-none": viewerPage({ ...viewing, onCamera: { ...onCamera, recordings: [] } }),
  "viewer-live": { ...viewerPage(viewing), verdict: passed, picture: "drawn" },
  "viewer-can-record": {
    ...viewerPage({ ...viewing, record: done, recorded: true }),
    verdict: passed,
    picture: "drawn",
  },
  "viewer-recording": {
    ...viewerPage({
      ...viewing,
      recording: { seconds: 754, bytes: 48_300_000 },
      recorded: true,
      stopRecording: nil,
    }),
    verdict: passed,
    picture: "drawn",
  },
  "viewer-erased": {
    ...viewerPage({
      ...viewing,
      ...{ recording: { seconds: 754, bytes: 48_300_000 }, recorded: true, stopRecording: nil },
      ...{ erased: wereErased, forget: nil },
    }),
    verdict: passed,
    picture: "drawn",
  },
  "viewer-adjusting": {
    ...viewerPage({
      ...viewing,
      ...adjusting,
      lines,
      clearLines: nil,
      sound: { state: "arriving", volume: 0.8 },
    }),
    verdict: passed,
    picture: "drawn",
  },
  "viewer-every-button": {
    ...viewerPage({
      ...{ ...viewing, ...adjusting, recorded: true },
      ...{ passUntil: Date.now() + 29.5 * 60_000, renew: done },
    }),
    verdict: passed,
    picture: "drawn",
  },
  "viewer-every-button-recording": {
    ...viewerPage({
      ...{ ...viewing, ...adjusting, record: undefined, stopRecording: nil },
      ...{ recording: { seconds: 3754, bytes: 3_110_000_000 } },
      ...{ passUntil: Date.now() + 29.5 * 60_000, renew: done },
    }),
    verdict: passed,
    picture: "drawn",
  },
  "viewer-slow": {
    ...viewerPage({ ...viewing, ...adjusting, leftOut: 37, sound: { state: "none", volume: 0.8 } }),
    verdict: { ...passed, missing: 37 },
    picture: "drawn",
  },
  "viewer-lossless": {
    ...viewerPage({
      ...{
        ...viewing,
        ...adjusting,
        quality: { picture: "lossless", framesPerSecond: 30 },
        record: undefined,
      },
      ...{ recording: { seconds: 75, bytes: 3_110_000_000 }, recorded: true, stopRecording: nil },
    }),
    verdict: passed,
    picture: "drawn",
  },
  "viewer-not-live": {
    ...viewerPage(viewing),
    verdict: { ...passed, live: false, checks: { ...passed.checks, live: "not-run" } },
    picture: "drawn",
  },
  "viewer-changed": {
    ...viewerPage(viewing),
    verdict: { ...refused("tree"), changedTiles: [165, 166, 167, 185, 186, 187, 188, 206, 207] },
    picture: "drawn",
  },
  "viewer-number": { ...viewerPage(viewing), verdict: refused("number"), picture: "then-null" },
  "viewer-silent": {
    ...viewerPage({ ...viewing, delay: null }),
    verdict: refused("silent"),
    picture: "then-null",
  },
  "viewer-alarm": {
    ...viewerPage({
      ...{ ...viewing, ...adjusting, delay: null, path: "relayed" },
      ...{ waitingFor: "camera", alarm: { reason: "disconnected", ending: null, after: 900 } },
    }),
    ...{ verdict: refused("disconnected"), picture: "then-null" },
  },
  "viewer-alarm-ended": {
    ...viewerPage({
      ...{ ...viewing, ...adjusting, delay: null, path: "direct", isAlarmHeard: false },
      alarm: { reason: "ended", ending: "unplugged", after: 300 },
    }),
    ...{ verdict: refused("ended"), picture: "then-null" },
  },
  "viewer-resumed": {
    ...viewerPage({
      ...viewing,
      ...adjusting,
      path: "relayed",
      delay: 130,
      resumed: { after: 12_400, ending: "asleep" },
    }),
    ...{ verdict: passed, picture: "drawn" },
  },
  "viewer-recovering": {
    ...viewerPage(viewing),
    verdict: { ...refused("signature"), recovering: 3 },
    picture: "then-null",
  },
  "viewer-ST2": { ...viewerPage(viewing), verdict: { ...passed, state: "ST2" }, picture: "drawn" },
  "viewer-ST3": { ...viewerPage(viewing), verdict: { ...passed, state: "ST3" }, picture: "drawn" },
  "viewer-failed": viewerPage({ ...viewer, step: "failed", fault: "worker-dead", eject: nil }),
};
