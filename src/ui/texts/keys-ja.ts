import type { KeysTexts } from "./keys-en.ts";

/** カメラの鍵についての言葉。 */
export const keysJa: KeysTexts = {
  heading: "鍵",
  since: (when) => `${when}から使用中。それより前に失われたものでは、これより新しいものは開けません。`,
  pending: (when) =>
    `${when}に作成。カメラを待っています。カメラが動いて確認するまでは、前の鍵に宛てて封印されます。`,
  pendingWords: "この端末でこのページか視聴ページを開いている間に、カメラに会えばすぐ渡します。",
  cards: "このカメラの鍵を持つカード",
  thisCard: (name) => `${name}(このカード)`,
  cardSince: (when) => `${when}から`,
  shutOut: "締め出したカード",
  outSince: (when) => `${when}以後に撮られたものは見られません`,
  outPending: "カメラが新しい鍵を確認したときから",
  shutOutOne: "締め出す",
  shutOutOf: (card) => `締め出す: ${card}`,
  shutOutHeading: (card, camera) => `「${card}」を「${camera}」から締め出しますか。`,
  shutOutWords:
    "それ以後、そのカードではこのカメラの新しいものは開けません。前に開けたものは開けるままです。ほかのカードはそのまま使えます。",
  rekey: "新しい鍵を作る",
  rekeyHeading: (camera) => `「${camera}」の新しい鍵を作りますか。`,
  rekeyWords:
    "前に作ったこのカードの写しは、なくしたものも、新しいものを開けなくなります。古い画像はこのカードで開けるままです。カメラが確認するまで、このカードではライブを見られません。",
  rekeyAll: "すべてのカメラの新しい鍵を作る",
  rekeyAllHeading: "このカードのすべてのカメラの新しい鍵を作りますか。",
  add: "別のカードに専用の鍵を渡す",
  addWords: "家族のために。カードごとに締め出せるようになります。そのときから撮られたものを開けます。",
  addIt: "カードを加える",
};
