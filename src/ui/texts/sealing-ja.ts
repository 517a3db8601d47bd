import type { SealingTexts } from "./sealing-en.ts";

/** What a camera seals with, and what that looks like from outside, in Japanese. */
export const sealingJa: SealingTexts = {
  network: {
    name: "ネットワークから見えるもの",
    words: "画像の代わりに、封印されたバイトを表示します。",
    meaning:
      "点ひとつは、封印された画像の3バイトです。カードがなければただの雑音です。量と時刻は、途中の誰にでも分かります。",
    label: "ネットワークから見えるもの: 封印された画像のバイトを色の点で表したもの",
    waiting: "次の封印された画像を待っています",
    drawn: (number, size, viewers) =>
      `封印された画像 ${number} · ${size} · ${viewers === 0 ? "送信先なし" : `視聴者${viewers}人へ送信`}`,
    idle: "誰も見ていません。ここに描くだけで、送りません。",
  },
  key: {
    heading: "光から作る鍵",
    health: {
      good: {
        name: "良好",
        meaning: "送られることのない画像の光を、この端末の乱数に加えて鍵を作りました。",
      },
      uneven: {
        name: "光なし",
        meaning: "暗すぎるか明るすぎるため、この端末の乱数だけで鍵を作りました。続けるにはこれで十分です。",
      },
      regular: {
        name: "光なし",
        meaning:
          "画像の雑音が繰り返しているため、この端末の乱数だけで鍵を作りました。続けるにはこれで十分です。",
      },
      none: {
        name: "光なし",
        meaning: "この端末の乱数だけで鍵を作りました。続けるにはこれで十分です。",
      },
    },
    usable: (share) => `画像の${share}は黒つぶれも白飛びもしていません`,
    causes: {
      begin: "配信を始めました",
      interval: "使う時間が過ぎました",
      asked: "ここで変更を求めました",
      recipients: "視聴できる人が変わりました",
      "second-sensor": "別のカメラがこのカメラの鍵を使っているようです",
      counter: "この端末の配信の記録が以前に戻されました",
      device: "別の撮影装置に替わりました",
      proofs: "誰かが鍵かパスワードを当てようとしているようです",
    },
    last: "前回の変更",
    next: "次の変更",
    nextWords: (time) => `${time}まで`,
    every: "変更の間隔",
    change: "今すぐ変更",
    changing: "変更中",
    why: "理由",
    number: "鍵",
    numberWords: (count) => `この配信の${count}番目`,
    tries: "試した画像",
    triesWords: (count) => `${count}枚。すべて消去し、送っていません`,
    noise: "雑音",
    noiseWords: (bits) => `1枚に約${bits}ビット。推定値で、何の根拠にもしていません。`,
    how: "画素から取った数をハッシュ(SHA-256)し、この端末の乱数32バイトと混ぜます(HKDF)。光は加わるだけで、乱数の代わりにはなりません。",
  },
};
