import type { FaultText } from "./codes.ts";
import type { PlaceTexts, placeFaultsEn } from "./places-en.ts";

/** カードの置き場所の問題。 */
export const placeFaultsJa: Record<keyof typeof placeFaultsEn, FaultText> = {
  "card-removed": {
    what: "カードの入った媒体が抜かれました。",
    means: "画像は止まり、このタブにはもう鍵がありません。",
    todo: "もう一度差し込み、選び直して、カードを開いてください。",
  },
  "medium-gone": {
    what: "カードの入った媒体を読めなくなりました。",
    means:
      "抜かれたか、ほかのプログラムが使っています。中のカードは前のままか、新しいものか、どちらかです。半端にはなりません。",
    todo: "もう一度差し込み、選び直してください。",
  },
  "medium-denied": {
    what: "そこには書き込めません。",
    means: "ブラウザーの許可が要るか、書き込み禁止か、別のタブが機器を使っています。",
    todo: "選び直して、変更を許可してください。",
  },
  "medium-full": {
    what: "カードを置く空きがありません。",
    means: "何も変えていません。",
    todo: "空きを作るか、別のメモリーを使ってください。",
  },
  "medium-foreign": {
    what: "この機器はメモリーカードとして答えません。",
    means: "別の機器か、新しい種類かもしれません。",
    todo: "別の機器を選んでください。",
  },
  "card-there": {
    what: "そこには、このカードの別の状態があります。",
    means: "ロックされている間は、どちらが正しいか分かりません。何も変えていません。",
    todo: "新しいほうをここで開いてから、コピーしてください。",
  },
  "file-no-card": {
    what: "このファイルにメモリーカードはありません。",
    means: "カードのファイル名は .sealcard で終わります。",
    todo: "別のファイルを選んでください。",
  },
};

/** カードの置き場所。 */
export const placesJa: PlaceTexts = {
  heading: "USB メモリーやファイルの中",
  words: "カードは USB メモリーにも置けます。抜くと画像が止まります。",
  folder: "USB メモリーかフォルダーを選ぶ",
  file: "カードのファイルを開く",
  device: "カードの機器をつなぐ",
  browser: "このブラウザーの中",
  at: (name) => `「${name}」の中`,
  inFile: (name) => `ファイル「${name}」`,
  empty: (name) => `「${name}」にカードはまだありません。`,
  takeOut: "しまう",
  takeOutOf: (name) => `しまう:${name}`,
  fileWords: "変更するたびに新しいファイルがダウンロードされます。古いものと置き換えてください。",
  where: "置き場所",
  layHeading: "カードをコピー・移動",
  layWords: "ロックしたまま運びます。パスワードは同じです。",
  to: "行き先",
  lay: "コピー",
  move: "移動",
  copying: "カードに書き込んでいます",
};
