import type { CopyFaultCode, FaultText } from "./codes.ts";
import type { CopiesTexts } from "./copies-en.ts";

/** Copies of a camera's recordings on the server, in Japanese. */
export const copiesJa: CopiesTexts = {
  keep: "サーバーに写しを残す",
  keepWords: "この端末に今ある録画も含め、すべての録画を封印したまま送ります。サーバーには開けません。",
  term: "サーバー上",
  looking: "サーバーの状況を確認しています",
  none: "写しを取る録画はまだありません",
  stopped: "写しは止まっています",
  waiting: (waiting) => `残り${waiting}`,
  all: "すべての録画がサーバーにあります",
  until: (time, waiting) => `${time}までサーバーにあります（残り${waiting}）`,
  still: (what, waiting) => `${what}残り${waiting}。`,
  refused: (count) => `この端末だけにある録画：${count}件`,
  onCamera: {
    show: "カメラにある録画",
    heading: (name) => `「${name}」にある録画`,
    lead: "カメラの端末にあり、封印されたまま届きます。ライブ映像が優先されます。",
    asking: "カメラに尋ねています",
    none: "カメラ自身の録画はありません。",
    copying: (share) => `保存中 ${share}`,
    live: "ライブ映像",
    back: "カメラにある録画",
  },
};

export const copyFaultsJa: Record<CopyFaultCode, FaultText> = {
  "copy-offline": {
    what: "サーバーが応答しません。",
    means: "何も失われません。録画はこの端末で待ち、続きから送られます。",
    todo: "ネットワークを確認してください。自動的にやり直します。",
  },
  "copy-none": {
    what: "このサーバーは録画を保管しません。",
    means: "録画はこの端末だけに残ります。",
    todo: "サーバーを更新するか、写しをオフにしてください。",
  },
  "copy-not-registered": {
    what: "サーバーはこのカメラの録画を受け取りません。",
    means: "アカウントに登録されていないか、外されました。録画はこの端末だけに残ります。",
    todo: "カードのある端末で、アカウントに登録してください。自動的にやり直します。",
    link: { path: "/account", words: "アカウント" },
  },
  "copy-full": {
    what: "サーバー上のアカウントの容量がいっぱいです。",
    means: "残すと決めた録画や新しい録画で埋まっています。録画はこの端末で待ちます。",
    todo: "サーバー上の録画を消してください。自動的にやり直します。",
  },
  "copy-answer": {
    what: "サーバーの応答が理解できません。",
    means: "版が違うか、途中の何かが応答しています。写しができたとは見なしません。",
    todo: "ページを読み込み直してください。自動的にやり直します。",
  },
  "copy-refused": {
    what: "サーバーが録画を拒みました。",
    means: "拒まれた部分より前はサーバーにあり、全体はこの端末にあります。",
    todo: "写しを保存し、/verify で確かめてください。",
    link: { path: "/recordings", words: "録画" },
  },
  "copy-disagrees": {
    what: "サーバーは、送られていないものを持っていると言っています。",
    means: "故障しているか、偽っています。この録画は写しとは見なさず、この端末に残します。",
    todo: "ページを読み込み直して再試行し、サーバーの管理者に尋ねてください。",
  },
  "copy-damaged": {
    what: "この端末の録画が壊れています。",
    means: "壊れた箇所より前は送られました。",
    todo: "写しを保存し、/verify で確かめてください。",
    link: { path: "/recordings", words: "録画" },
  },
  "copy-too-long": {
    what: "録画の画像がサーバーには大きすぎます。",
    means: "それより前は送られ、全体はこの端末にあります。",
    todo: "写しを保存してください。",
    link: { path: "/recordings", words: "録画" },
  },
};
