import type { FaultText } from "./codes.ts";
import type { StoredTexts, storedFaultsEn } from "./stored-en.ts";

/** What can go wrong with what the server keeps, in Japanese. */
export const storedFaultsJa: Record<keyof typeof storedFaultsEn, FaultText> = {
  "stored-none": {
    what: "サーバーに、あなたが見られるこの録画はありません。",
    means: "消去されたか、期間が過ぎたか、権利が取り消されたか、サインアウトしています。",
    todo: "サインインして、一覧をもう一度確認してください。",
    link: { path: "/account", words: "アカウント" },
  },
  "stored-answer": {
    what: "サーバーが、求めたものと違う答えを返しました。",
    means: "その答えは何も使っていません。封印されたものを、気づかれずに変えることはできません。",
    todo: "もう一度試してください。続くときは、サーバーの管理者に知らせてください。",
  },
};

/** What is said of recordings that the server keeps, in Japanese. */
export const storedJa: StoredTexts = {
  heading: "サーバー",
  reading: "サーバーに問い合わせています",
  out: "サインインすると、サーバーに残したカメラの録画が見られます。",
  signIn: "アカウント",
  noCameras: "このアカウントのカメラにも、共有されたカメラにも、見られる録画はここにありません。",
  none: "このカメラの録画は、サーバーにありません。",
  ownerIs: (owner) => `${owner} のカメラ`,
  again: "もう一度",
  room: (used, of) => `${of} のうち ${used} を使用`,
  roomNoLimit: (used) => `${used} を使用`,
  roomWords: "いっぱいになると、残すと決めたもの以外の古いものから消えます。",
  complete: "完全",
  upTo: (time) => `${time} まであり、終わりはまだありません`,
  writing: "保存中",
  frames: (count) => `画像と音声:${count}`,
  until: (day) => `${day} まで残ります`,
  stays: "消去するまで残ります",
  protect: "残す",
  protectOf: (when) => `残す:${when}`,
  erasing: "サーバーから消去しています",
  eraseHeading: (when) => `${when} の録画をサーバーから消去しますか`,
  eraseWords: "元に戻せません。このカメラを共有している人からも見えなくなります。",
  eraseProtectedWords:
    "残すと決めた録画です。元に戻せません。このカメラを共有している人からも見えなくなります。",
  eraseAction: "サーバーから消去",
  check: "カードなしで確かめる",
  operator: {
    heading: "サーバーの録画を確かめる",
    lead: "そのカメラのもので、変えられておらず、順番どおりかを確かめます。カードはいりません。調べるのは封印だけで、画像は開きません。",
    noCameras: "このサーバーに録画があり、あなたが管理するカメラはありません。",
    all: "すべてのカメラを表示",
    back: "録画",
    checkAll: "すべて確かめる",
    check: "確かめる",
    checkOf: (when) => `確かめる:${when}`,
    sum: (checked, of, good) => `確かめた録画:${of} 件のうち ${checked} 件。保証:${good} 件。`,
    when: "録画",
  },
};
