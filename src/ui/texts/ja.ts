import type { CheckName, CheckResult, Reason, State } from "../../verify/index.ts";
import { accountFaultsJa, accountJa } from "./account-ja.ts";
import { cardFaultsJa, cardJa } from "./cards-ja.ts";
import type { CheckText, FaultCode, FaultText, ReasonText } from "./codes.ts";
import { copiesJa, copyFaultsJa } from "./copies-ja.ts";
import type { Texts } from "./en.ts";
import { insecureJa } from "./insecure-ja.ts";
import { keysJa } from "./keys-ja.ts";
import { liveJa } from "./live-ja.ts";
import { placeFaultsJa, placesJa } from "./places-ja.ts";
import { playerJa } from "./player-ja.ts";
import { recordingsJa } from "./recordings-ja.ts";
import { scanJa } from "./scan-ja.ts";
import { sealingJa } from "./sealing-ja.ts";
import { selfCheckJa } from "./self-check-ja.ts";
import { storedFaultsJa, storedJa } from "./stored-ja.ts";
import { verifyJa } from "./verify-ja.ts";

const reasons: Record<Reason, ReasonText> = {
  waiting: {
    short: "画像待ち",
    what: "まだ画像が届いていないため、保証するものがありません。",
    todo: "しばらくお待ちください。何を待っているかは画面中央に表示されます。",
  },
  "camera-unknown": {
    short: "不明なカメラ",
    what: "この画像に署名した鍵は、カードにもなく、ご自身で確認されてもいません。",
    todo: "このカメラのカードを開くか、カメラ番号をご自身で照合してください。",
  },
  number: {
    short: "別のカメラ",
    what: "画像に署名した鍵の番号が、カードの番号と一致しません。別のカメラです。",
    todo: "信用しないでください。カメラを交換した場合は、もう一度ペアリングしてください。",
  },
  malformed: {
    short: "読めないデータ",
    what: "届いたデータは、定められた封印画像の形式ではありません。",
    todo: "何も表示しません。続く場合はカメラを再起動してください。",
  },
  version: {
    short: "新しい形式",
    what: "カメラは、このバージョンの Sealcam が知らない形式で封印しています。",
    todo: "この端末の Sealcam を更新してください。",
  },
  head: {
    short: "先頭の署名なし",
    what: "ストリームの先頭に、このカメラの署名がありません。",
    todo: "信用しないでください。いったん離れて、もう一度表示してください。",
  },
  "earlier-stream": {
    short: "古いストリーム",
    what: "すでに見たものより新しくないストリームです。誰かが再生している可能性があります。",
    todo: "信用しないでください。カメラを停止してから再開し、もう一度表示してください。",
  },
  unremembered: {
    short: "記憶できません",
    what: "ストリームの先頭をこの端末に記憶できませんでした。古いものが後で新しいものとして表示されるおそれがあります。",
    todo: "端末の空きを作るか、プライベートウィンドウをやめて、もう一度表示してください。",
  },
  epoch: {
    short: "鍵の署名なし",
    what: "画像鍵の通知に、このストリームに対するこのカメラの署名がないか、交換済みの鍵による画像が届きました。",
    todo: "信用しないでください。いったん離れて、もう一度表示してください。",
  },
  "no-key": {
    short: "カードが違います",
    what: "お使いのカードではこの画像を開けません。別のカードか、より新しい鍵に宛てて封印されています。",
    todo: "最後にペアリングしたカードを開くか、もう一度ペアリングしてください。",
  },
  signature: {
    short: "署名なし",
    what: "この画像には、このストリームに対するカメラの署名がありません。別の場所で作られたか、変更されています。",
    todo: "信用しないでください。最後の正しい画像を暗くして残しています。",
  },
  tree: {
    short: "画像に変更あり",
    what: "カメラが署名したあとに画像が変更されました。場所が分かる場合は斜線で示します。",
    todo: "信用しないでください。カメラとの間で何かが画像を変えています。",
  },
  commitment: {
    short: "鍵の不一致",
    what: "画像を開く鍵が、カメラが約束した鍵と一致しません。",
    todo: "信用しないでください。いったん離れて、もう一度表示してください。",
  },
  tag: {
    short: "開けません",
    what: "暗号が封印画像を拒みました。カメラが封印したものと同じではありません。",
    todo: "信用しないでください。この画像は表示しません。",
  },
  sequence: {
    short: "順序の乱れ",
    what: "同じ画像が二度届いたか、後の画像より遅れて届きました。",
    todo: "信用しないでください。誰かが画像を繰り返している可能性があります。",
  },
  codec: {
    short: "表示できません",
    what: "画像は改変されていませんが、このブラウザーでは復号できません。",
    todo: "別の画質を選ぶか、別のブラウザーで表示してください。",
  },
  silent: {
    short: "届いていません",
    what: "しばらく画像が届いていません。表示中の画像は過去のものです。",
    todo: "カメラを確認してください。タブが閉じられたか、スリープか、電源切れかもしれません。",
  },
  ended: {
    short: "カメラ停止",
    what: "カメラが署名のうえでストリームを終了しました。表示中は最後の画像です。",
    todo: "続けて見るには、カメラを再開してください。",
  },
  disconnected: {
    short: "カメラ不在",
    what: "カメラのタブが予告なく閉じたか、異常終了しました。表示中の画像は過去のものです。",
    todo: "カメラをもう一度開いてください。表示は自動で再開します。",
  },
};

const checks: Record<CheckName, CheckText> = {
  number: {
    plain: "カードにあるカメラです",
    exact: "署名鍵のサムプリント(RFC 9679、SHA-256)が、カードの番号の全 32 バイトと一致すること。",
  },
  signature: {
    plain: "この画像そのものにカメラが署名しました",
    exact: "フレームの署名対象項目に対する、このストリーム用の Ed25519 署名(COSE_Sign1、RFC 9052)。",
  },
  tree: {
    plain: "署名後に変更された部分はありません",
    exact: "封印タイルの SHA-256 木(RFC 9162)をここで計算し、署名された根に一致すること。",
  },
  commitment: {
    plain: "鍵が開くのは一つの画像だけです",
    exact: "SHA-256(“commit” ‖ フレーム鍵)が署名済みの値と一致し、ChaCha20-Poly1305 のタグも合うこと。",
  },
  sequence: {
    plain: "順序どおりで、重複がありません",
    exact: "署名された通し番号が、このストリームで見たどの番号よりも大きいこと。",
  },
  live: {
    plain: "いま起きていることです",
    exact: "この閲覧側が選んだ乱数に、カメラが数秒前、ストリーム内の位置とともに署名したこと。",
  },
};

const faults: Record<FaultCode, FaultText> = {
  "camera-none": {
    what: "カメラが見つかりません。",
    means: "この端末にカメラがないか、ブラウザーが隠しています。",
    todo: "カメラをつないで、もう一度お試しください。",
  },
  "camera-refused": {
    what: "ブラウザーがカメラを許可していません。",
    means: "カメラがなければ、封印するものがありません。",
    todo: "アドレスバーでカメラを許可し、もう一度お試しください。",
  },
  "camera-unplugged": {
    what: "カメラが外されました。",
    means: "最後に完成した画像でストリームは止まりました。",
    todo: "つなぎ直して、もう一度お試しください。",
  },
  "camera-busy": {
    what: "ほかのプログラムがカメラを使用中です。",
    means: "カメラを使えるのは一度に一つのプログラムだけです。",
    todo: "そのプログラムを閉じて、もう一度お試しください。",
  },
  "camera-unsupported": {
    what: "このブラウザーでは、カメラの画像を無加工で受け取れません。",
    means: "封印にはセンサーの画素そのものが必要ですが、ここでは加工された写しか得られません。",
    todo: "この端末で最新の Chrome、Edge、Firefox、Safari のいずれかをお使いください。",
  },
  "camera-elsewhere": {
    what: "このカメラは別のタブで始められました。",
    means: "一台のカメラになれるタブは一つだけです。こちらは停止しました。",
    todo: "そのタブで続けるか、閉じてからもう一度お試しください。",
  },
  "camera-silent": {
    what: "カメラから画像が届きません。",
    means:
      "カメラは開きましたが、10 秒以内に最初の画像が来ませんでした。ほかのプログラムが使用中かもしれません。",
    todo: "カメラを使うほかのプログラムを閉じるか、つなぎ直して、もう一度お試しください。",
  },
  "camera-unsteady": {
    what: "カメラが何度も中断されました。",
    means: "1 分間に 3 回自動で復帰しましたが、また中断されました。今はオフです。",
    todo: "ほかのプログラムを閉じるか、ブラウザーを再起動して、もう一度お試しください。",
  },
  "microphone-none": {
    what: "マイクが見つかりません。",
    means: "カメラは音声なしで続きます。",
    todo: "マイクをつないで、もう一度音声を送ってください。",
  },
  "microphone-refused": {
    what: "ブラウザーがマイクを許可していません。",
    means: "カメラは音声なしで続きます。",
    todo: "アドレスバーでマイクを許可し、もう一度音声を送ってください。",
  },
  "microphone-busy": {
    what: "ほかのプログラムがマイクを使っています。",
    means: "カメラは音声なしで続きます。",
    todo: "そのプログラムを閉じて、もう一度音声を送ってください。",
  },
  "microphone-unsupported": {
    what: "このブラウザーは音声を渡せないか、符号化できません。",
    means: "カメラは音声なしで続きます。",
    todo: "この端末で新しい Chrome か Edge をお使いください。",
  },
  "camera-repaired": {
    what: "このカメラは新しくペアリングされました。",
    means: "画像を開ける人が変わったため、以前の人へのストリームを終了しました。",
    todo: "もう一度試して、カメラを始めてください。新しい画像は新しいペアリングのカードに宛てて封印されます。",
  },
  "pixel-format": {
    what: "このカメラの映像は封印できません。",
    means: "画素の形式か大きさが、配列センサーの扱えるものではありません。変換はしないので、封印もしません。",
    todo: "別のカメラを選んでください。",
  },
  "picture-large": {
    what: "このカメラの無劣化の画像は、ネットワークには大きすぎます。",
    means: "端末の間で送れるのは 1 枚 4 MB までです。それより大きいので、送られません。",
    todo: "標準か小さいを選んでください。カメラと同じ端末では無劣化で見られます。",
  },
  "picture-turned": {
    what: "このカメラには今、無劣化の画像がありません。",
    means: "画像は横向きに撮られ、回す向きが別に示されています。それは署名されないため、送られません。",
    todo: "標準か小さいを選んでください。そちらは正しい向きです。",
  },
  "seal-failed": {
    what: "この端末は、カメラが撮ったものを封印できませんでした。",
    means: "封印していないものはカメラから出さないため、ストリームを終了しました。",
    todo: "もう一度カメラを始めてください。直らなければ、ブラウザーを再起動してください。",
  },
  recipients: {
    what: "このカメラの映像を開ける人の一覧が正しくありません。",
    means: "カードのある端末の署名がないか、以前のものより古い一覧です。カメラは今までの一覧を使い続けます。",
    todo: "新しいリンクで、もう一度ペアリングしてください。",
  },
  password: {
    what: "カードのパスワードが違います。",
    means: "カードはロックされたままです。",
    todo: "もう一度入力してください。大文字と小文字は区別されます。",
  },
  "password-short": {
    what: "パスワードが短すぎます。",
    means: "カードを写した人に推測されるおそれがあります。",
    todo: "10 文字以上にしてください。無関係な単語を四つ並べるのがよい方法です。",
  },
  name: {
    what: "この名前は使えません。",
    means: "名前は 1 文字から 60 文字までです。",
    todo: "別の名前を入力してください。",
  },
  "name-taken": {
    what: "この名前のカードがすでにあります。",
    means: "あとで見分けがつかなくなります。",
    todo: "別の名前を入力してください。",
  },
  "card-damaged": {
    what: "このカードは壊れているか、改変されています。",
    means: "内容が検査値と合わないため、何も使いません。",
    todo: "新しいカードを作り、カメラをもう一度ペアリングしてください。",
  },
  "card-stale": {
    what: "その間に、別のタブでカードが変更されました。",
    means: "何も書き込んでいないので、失われたものはありません。",
    todo: "カードを開き直して、もう一度行ってください。",
  },
  "card-rolled-back": {
    what: "これはカードの古い写しです。",
    means: "この端末はより新しいものを見ています。外したカメラが戻っているかもしれません。",
    todo: "最新の写しを使うか、新しいカードを作ってください。",
  },
  "card-cost": {
    what: "このカードを開くには、メモリーが多く必要すぎます。",
    means: "Sealcam が書くことのない計算量が指定されています。改変された可能性があります。",
    todo: "カードの別の写しをお使いください。",
  },
  "card-version": {
    what: "このカードは、より新しいSealcamで書かれています。",
    means: "この版はその形式を知らないので、何も書き換えません。",
    todo: "この端末のSealcamを更新してください。",
  },
  "card-full": {
    what: "カードがいっぱいです。",
    means: "カードに入る鍵の数の上限です。何も書き込んでいません。",
    todo: "このカメラには別のカードを作ってください。",
  },
  "card-none": {
    what: "この端末にはまだメモリーカードがありません。",
    means: "カードには、カメラの画像を開く鍵が入ります。",
    todo: "まずカードを作ってください。一分ほどで済みます。",
    link: { path: "/cards", words: "カードを作る" },
  },
  "card-locked": {
    what: "カードはふたたびロックされました。",
    means: "このタブにはもう鍵がありません。",
    todo: "パスワードでカードを開き直してください。",
  },
  "camera-not-on-card": {
    what: "このカメラはカードにありません。",
    means: "このカードには、その画像を開く鍵がありません。",
    todo: "別のカードを開くか、このカードとペアリングしてください。",
    link: { path: "/pair", words: "カメラをペアリング" },
  },
  "camera-not-paired": {
    what: "このカメラはまだペアリングされていません。",
    means: "誰に宛てて封印するか分からないため、画像を作りません。",
    todo: "まずメモリーカードとペアリングしてください。",
    link: { path: "/pair", words: "カメラをペアリング" },
  },
  "link-malformed": {
    what: "このペアリングリンクは不完全です。",
    means: "コピーの際に一部が失われました。",
    todo: "リンク全体をもう一度コピーしてください。",
  },
  "link-used": {
    what: "このペアリングリンクは使用済みです。",
    means: "一つのリンクで、一台のカメラを一度だけペアリングできます。",
    todo: "カードのある側で新しいリンクを作ってください。使った覚えがなければ、そのカメラを拒否してください。",
  },
  "link-expired": {
    what: "このペアリングリンクは期限切れです。",
    means: "リンクが使えるのは数分間だけです。",
    todo: "カードのある側で新しいリンクを作ってください。",
  },
  "link-unanswered": {
    what: "相手側が応答しません。",
    means: "タブが閉じられたか、スリープしているかもしれません。",
    todo: "このブラウザーで両方のタブを並べて開き、もう一度お試しください。",
  },
  "link-none": {
    what: "これはペアリングリンクではありません。",
    means: "コードまたは文字の内容が別のものです。何も開いていません。",
    todo: "カードのある端末で「ペアリング」を開き、表示されるコードを読み取ってください。",
  },
  "link-foreign": {
    what: "このペアリングリンクは別のアドレスのものです。",
    means: "カードのある端末は、この端末とは別のアドレスで Sealcam を開いています。何も開いていません。",
    todo: "両方の端末で同じアドレスの Sealcam を開き、新しいリンクを作ってください。",
  },
  "pairing-mac": {
    what: "両側のリンクが一致しません。",
    means:
      "コピーの誤りか、途中で改変されました。カメラはその鍵を使いません。カードに載っていれば「保留」のままです。",
    todo: "新しいリンクでやり直してください。",
  },
  "pairing-rejected": {
    what: "ペアリングは拒否されました。",
    means: "番号が違うと判断されました。カードは元のままです。",
    todo: "新しいリンクでやり直し、リンクはほかの人に渡さないでください。",
  },
  "peer-proof": {
    what: "相手側が鍵を証明できませんでした。",
    means: "名乗っている端末ではないか、カードが交換されています。",
    todo: "先へ進まないでください。カメラやカードを交換した場合は、もう一度ペアリングしてください。",
  },
  "no-service-worker": {
    what: "このブラウザーでは Sealcam がオフラインで動作できません。",
    means: "二つのタブはサービスワーカーを通じて相手を見つけますが、それがありません。",
    todo: "プライベートウィンドウをやめるか、https で開き、再読み込みしてください。",
  },
  "version-apart": {
    what: "このページは、やり取りする Sealcam とバージョンが違います。",
    means: "更新の前に開かれたため、言葉が通じなくなりました。失われたものはありません。",
    todo: "ページを再読み込みしてください。",
  },
  "part-missing": {
    what: "このページの一部を読み込めませんでした。",
    means: "更新の前に開かれたページか、接続が切れています。",
    todo: "ページを再読み込みしてください。",
  },
  "worker-dead": {
    what: "Sealcam の一部が停止しました。",
    means: "メモリー不足などで、ブラウザーが終了させました。封印されていない画像は出ていません。",
    todo: "もう一度お試しください。",
  },
  storage: {
    what: "この端末に保存できませんでした。",
    means: "空き容量がないか、ブラウザーが許可していません。",
    todo: "空きを作るか、プライベートウィンドウをやめて、もう一度お試しください。",
  },
  "storage-full": {
    what: "空きがなくなり、録画が終わりました。",
    means: "ここまでの録画は無事です。自動で消してよいものはもうありません。",
    todo: "録画を消去するか、古いものの自動消去を許してから、もう一度録画してください。",
    link: { path: "/recordings", words: "録画一覧" },
  },
  "recording-none": {
    what: "この録画はもうありません。",
    means: "別のタブなどで消去されました。",
    todo: "ページを再読み込みして、残っている録画を確認してください。",
  },
  "recording-unreadable": {
    what: "再生できません。",
    means: "先頭が、封印された録画のものではありません。",
    todo: "確かめてください。何が見つかったかを報告します。",
    link: { path: "/verify", words: "録画を確かめる" },
  },
  "recording-busy": {
    what: "この録画は今は消去できません。",
    means: "まだ録画中か、すでに消去されています。",
    todo: "カメラを見ているタブで録画を止めてから、もう一度お試しください。",
  },
  "recording-closed": {
    what: "この録画は開けません。",
    means: "開いているカードに鍵がありません。別のカメラのものか、別のカードへ封印されたものです。",
    todo: "このカメラが入っているカードを開いてください。",
    link: { path: "/cards", words: "カード" },
  },
  "mp4-empty": {
    what: "MP4にできるものがありません。",
    means: "すべての検査を通った圧縮映像や音声がありません。生の画像と静止画はMP4に入りません。",
    todo: "封印された録画のまま保存してください。",
  },
  "mp4-codec": {
    what: "この映像はMP4に入りません。",
    means: "MP4に置き場のない方式で圧縮されています。",
    todo: "封印された録画のまま保存してください。",
  },
  "frame-none": {
    what: "この画像は録画の中にありません。",
    means: "録画のときに欠けていたか、取り除かれました。",
    todo: "別の画像を選んでください。",
  },
  "frame-large": {
    what: "この画像は大きすぎて開示できません。",
    means: "元になる画像と合わせて64 MBを超えています。",
    todo: "少し前の画像を選ぶか、封印された録画のまま保存してください。",
  },
  "frame-unproven": {
    what: "この画像は開示できません。",
    means: "この画像、またはその元になる画像が欠けているか、検査を通りませんでした。",
    todo: "問題のない画像を選んでください。",
  },
  "export-busy": {
    what: "すでに保存の途中です。",
    means: "ファイルは一つずつ作ります。",
    todo: "終わるまで待つか、中止してください。",
  },
  "films-stay": {
    what: "封印されていない動画が、この端末に残っています。",
    means:
      "ここで作ったMP4を消去できませんでした。このブラウザーのファイルを読める人は、見ることができます。",
    todo: "Sealcam のほかのタブを閉じ、再読み込みすると、もう一度消去します。それでも残るときは、ブラウザーでこのサイトのデータを消してください。ここの録画、カード、カメラも消えます。",
  },
  ...accountFaultsJa,
  ...copyFaultsJa,
  ...storedFaultsJa,
  ...cardFaultsJa,
  ...placeFaultsJa,
  "file-unreadable": {
    what: "このファイルを最後まで読めませんでした。",
    means: "選んだあとで変更、移動、または取り外されました。このファイルについては何も言えません。",
    todo: "もう一度選んでください。",
  },
  unexpected: {
    what: "予期しない停止が起きました。",
    means: "この操作は完了していません。封印されていないものは、表示も送信もしていません。",
    todo: "もう一度お試しください。続く場合はページを再読み込みしてください。",
  },
};

const sentence = (device: string | null): string =>
  `${device === null ? "カメラ装置" : `カメラ装置「${device}」`}から受け取った時点から変更なし`;
const states: Record<State, { readonly name: string; readonly sentence: (device: string | null) => string }> =
  {
    ST0: { name: "保証なし", sentence: () => "" },
    ST1: { name: "無改変", sentence },
    ST2: { name: "無改変・生体", sentence },
    ST3: { name: "無改変・個人認識", sentence },
  };

const checkResults: Record<CheckResult, string> = { passed: "合格", failed: "不合格", "not-run": "未実施" };

/** Japanese. */
export const ja: Texts = {
  language: "ja",
  reasons,
  checks,
  checkResults,
  faults,
  states,
  app: {
    name: "Sealcam",
    navigation: "ページ",
    home: "Sealcam 開始ページ",
    updateReady: "新しいバージョンの用意ができました。",
    update: "今すぐ更新",
    outdated: "新しいバージョンが使われています。このページは、再読み込みするまでこのまま動き続けます。",
    reload: "再読み込み",
    loading: "ページを開いています",
  },
  navigation: {
    "/viewer": "見る",
    "/camera": "カメラ",
    "/recordings": "録画",
    "/pair": "ペアリング",
    "/cards": "カード",
  },
  titles: {
    "/": "Sealcam",
    "/viewer": "見る",
    "/camera": "カメラ",
    "/pair": "ペアリング",
    "/cards": "カード",
    "/recordings": "録画",
    "/verify": "録画を確かめる",
    "/self-check": "自己診断",
    "/play": "録画を再生",
    "/account": "アカウント",
    "/operator": "サーバーの録画を確かめる",
    none: "見つかりません",
  },
  actions: {
    retry: "もう一度",
    cancel: "キャンセル",
    copy: "リンクをコピー",
    copied: "コピーしました",
    copyNumber: "番号全体をコピー",
    showPassword: "パスワードを表示",
    hidePassword: "パスワードを隠す",
    openCard: "カードを開く",
  },
  home: {
    heading: "撮ったその場で、封印。",
    lead: "どの画像も、カメラを出る前に暗号化し、署名します。開けるのはあなたのメモリーカードだけ。届いた画像が変わっていないかも、ひと目で分かります。",
    drawing: "カメラが画像を一枚ずつ封印し、閉じたまま運ばれ、メモリーカードが開きます。",
    view: "カメラを見る",
    viewWords: "カードを開くと、画像とその状態が見えます。",
    camera: "カメラになる",
    cameraWords: "このタブが、カメラに映るものを封印します。",
    firstTime: "はじめてのとき",
    steps: [
      { path: "/cards", words: "メモリーカードを作る", more: "鍵をパスワードで守って入れておきます。" },
      { path: "/pair", words: "カメラをペアリングする", more: "リンクを渡し、両側に出る番号を照合します。" },
      { path: "/camera", words: "カメラを始める", more: "ペアリングしたタブで行います。" },
    ],
    here: "カメラと閲覧側は、一つのブラウザーの二つのタブでも、二つの端末でもかまいません。映像は封印されてからカメラの外へ出ます。サーバーは運ぶだけで、開けません。",
  },
  cards: {
    heading: "メモリーカード",
    lead: "カードには、カメラの画像を開く鍵が入っています。パスワードでロックされ、このブラウザーか USB メモリーに置かれます。",
    reading: "この端末のカードを読んでいます",
    makeHeading: "カードを作る",
    makeAnother: "別のカードを作る",
    name: "カードの名前",
    nameHint: "例:自宅",
    password: "パスワード",
    passwordHint: "10 文字以上。誰にも復元できません。カードができたら、回復コードを作ってください。",
    make: "カードを作る",
    making: "カードを作っています。パスワードの強化に数秒かかります",
    opening: "カードを開いています。推測されにくくしてあるため、数秒かかります",
    erasing: "カードを消去しています",
    open: "開く",
    close: "ロック",
    copy: "コピーを保存",
    erase: "カードを消去",
    eraseShort: "消去",
    eraseHeading: (name) => `「${name}」を消去しますか`,
    eraseWords:
      "カードの鍵は完全に失われます。このカード宛ての画像は二度と開けず、カメラはペアリングし直しになります。",
    created: (date) => `${date} 作成`,
    locked: "ロック中",
    unlocked: "開いています",
    cameras: (count) => `カメラ ${count} 台`,
    none: "このカードにはまだカメラがありません。",
    pairOne: "カメラをペアリング",
    pending: "保留:カメラはまだこの鍵を確認していません",
    generation: (generation) => `鍵 第 ${generation} 世代`,
    choose: "カード",
    passwordOf: (name) => `「${name}」のパスワード`,
  },
  camera: {
    heading: "カメラ",
    asking: "ブラウザーによるカメラの許可を待っています",
    chooseHeading: "どのカメラですか",
    chooseLead: "このタブは、一台のカメラの画像を封印します。",
    paired: "ペアリング済み",
    unpaired: "未ペアリング",
    unnamed: "名前のないカメラ",
    previewWords: "この画像が見えるのはあなただけです。まだ送っていません。",
    start: "封印を始める",
    starting: "アレイセンサーを準備しています",
    stop: "停止",
    running: "封印中",
    runningSince: (time) => `${time} から`,
    rate: (frames) => `毎秒 ${frames}`,
    size: (width, height) => `${width} × ${height}`,
    watchers: (count) => (count === 0 ? "閲覧者なし" : `閲覧者 ${count}`),
    number: "カメラ番号",
    picture: "画像",
    generation: "鍵の世代",
    viewers: "閲覧中",
    relayTerm: "中継",
    relay: {
      connecting: "中継に接続しています",
      "this-device": "この端末の閲覧側だけが接続できます。サーバーから応答がありません",
      reachable: "閲覧側から接続できます",
      unreachable: "いまは閲覧側から接続できません。封印は続け、接続も試み続けます。",
    },
    preview: "このカメラに映るもの",
    failedHeading: "カメラは止まっています",
    other: "別のカメラを選ぶ",
  },
  viewer: {
    heading: "カメラを見る",
    chooseCardLead: "カメラが入っているメモリーカードを開いてください。",
    chooseCameraHeading: "どのカメラですか",
    chooseCameraLead: (card) => `カード「${card}」にあるカメラ。`,
    viewing: (name) => `「${name}」を表示中`,
    leave: "別のカメラ",
    eject: "カードを取り出す",
    failedHeading: "表示が止まりました",
    path: { "this-device": "この端末内", relayed: "サーバー経由", direct: "直接" },
    pathExact: {
      "this-device": "この端末のタブから。ネットワークは通りません",
      relayed: "封印されたままの画像をサーバーが中継します。サーバーは開けません",
      direct: "カメラの端末から直接。サーバーは通りません",
    },
    delay: "カメラからこの画面までのおよその時間。二つの時計はカメラの署名つきの返事で比べています",
    about: (time) => `約 ${time}`,
    waitingFor: {
      relay: "中継に接続しています",
      camera: "カメラを待っています。止まっているか、別のカードとペアリングされています",
      proof: "カメラが鍵を証明するのを待っています",
      head: "署名されたストリームの先頭を待っています",
      "first-frame": "最初の画像を待っています",
    },
    none: "このカードにはまだカメラがありません。",
    record: "録画",
    stopRecording: "録画を止める",
    stop: "停止",
    recording: "録画中",
    recordings: "録画一覧",
  },
  account: accountJa,
  live: liveJa,
  sealing: sealingJa,
  copies: copiesJa,
  recordings: recordingsJa,
  stored: storedJa,
  card: cardJa,
  keys: keysJa,
  places: placesJa,
  verify: verifyJa,
  selfCheck: selfCheckJa,
  player: playerJa,
  picture: {
    live: "ライブ",
    notLive: "ライブでない",
    liveExact: "数秒前に新しさを確認済み",
    notLiveExact: "新しさは未確認。録画か遅れた画像かもしれません",
    why: "理由",
    label: (name) => `「${name}」の画像`,
    recovering: (frames) => `正しい画像が戻りました。あと ${frames} 枚で表示します`,
    shows: "分かること",
    showsST1: (device) =>
      `この画像は、カメラのタブが${device === null ? "撮影装置" : `「${device}」と名乗る装置`}から受け取ったものと 1 ビットも違わず、下の番号で封印されています。`,
    showsCodedST1: (device) =>
      `この画像は、${device === null ? "撮影装置" : `「${device}」と名乗る装置`}から受け取ったものをカメラのタブが動画にした結果と 1 ビットも違わず、下の番号で封印されています。動画にすると細部は省かれます。「無劣化」ならすべての画素が届きます。`,
    notShows: "分からないこと",
    notShowsST1:
      "場面が本物かどうか。ブラウザーは、レンズと映像を流すプログラムを区別できず、レンズの前の画面も見抜けません。",
    checks: "検査",
    todo: "どうするか",
    number: "カメラ番号",
    sequence: "画像",
    captured: "カメラの時計",
    missing: "省かれたか失われた数",
    missingWords: (count) => (count === 0 ? "なし" : `${count} 枚`),
    changed: (count) => `変更箇所 ${count}(斜線)`,
  },
  pair: {
    headings: {
      "choose-card": "カメラをペアリング",
      opening: "カメラをペアリング",
      link: "カメラの端末で読み取る",
      compare: "両側の番号は同じですか",
      writing: "カードに書き込み中",
      done: "ペアリング完了",
      failed: "ペアリングが止まりました",
      "asking-camera": "カメラの許可",
      "choose-device": "どのカメラですか",
      connecting: "カード側に接続中",
    },
    chooseCardLead: "カメラの鍵を受け取るメモリーカードを開いてください。",
    linkLead: "一度だけ使えます。最初に開いた相手を、照合のために表示します。",
    linkLabel: "ペアリングリンク",
    openHere: "カメラのタブを開く",
    code: "ペアリングリンクのQRコード",
    codeHint: "スマートフォンのカメラ、またはスマートフォンの Sealcam で読み取ってください。",
    thisDeviceOnly:
      "このアドレスはこの端末でしか使えません。スマートフォンで使うには npm start -- --lan で起動し、表示されたアドレスを開いてください。",
    copyHint: "別のタブで開くか、コピーすることもできます:",
    scan: scanJa,
    expires: "有効",
    expired: "期限切れ",
    waitingFor: {
      camera: "カメラがリンクを開くのを待っています",
      acknowledgement: "カメラが鍵を確認するのを待っています",
      registration: "カメラをアカウントに登録しています",
      permission: "ブラウザーによるカメラの許可を待っています",
      hub: "カードのある側を待っています",
      confirmation: "相手側が番号を確認するのを待っています",
    },
    compareHub: (label) =>
      `カメラは「${label}」と名乗っています。カメラの画面を見て、すべての組が同じか確かめてください。`,
    compareCamera: "メモリーカードのある画面を見て、すべての組が同じか確かめてください。",
    same: "一致する",
    differ: "一致しない",
    name: "カメラの名前",
    register: (account) => `アカウント「${account}」に登録する`,
    registerWords:
      "以後、見るにはカードのほかにこのサーバーのワンタイムパスワードが必要です。やめるには、もう一度ペアリングします。",
    registered: "カメラを登録しました。カードをつなぐたびに、ワンタイムパスワードを求めます。",
    writing: "復号鍵をカードに書き込み、暗号鍵をカメラに送っています",
    doneHub: (card) =>
      `カメラはカード「${card}」に入りました。今後の画像はこのカードだけに宛てて封印されます。`,
    doneCamera: "このカメラの画像は、そのカードだけに宛てて封印されます。",
    view: "見る",
    startCamera: "カメラを始める",
    again: "別のカメラをペアリング",
    newLink: "新しいリンクを作る",
    seemsExpired:
      "この端末の時計では、リンクは期限切れです。時計が正しければ新しいリンクを作り、狂っていればこのまま進んでください。",
    replaces: {
      hub: "このカメラはすでに別のカードに属しています。続けると置き換わり、元のカードでは新しい画像を開けません。",
      pairing:
        "このカメラは、前と同じ端末ともう一度ペアリングされます。新しい画像は、その端末で開いているカードで開けます。",
    },
    cameraLead: "この端末がカメラになります。",
    diagram: "両側の間でやり取りするもの",
    card: "メモリーカード",
    camera: "カメラ",
    here: "こちら",
    there: "相手側",
    passing: {
      link: "一度だけ使える秘密",
      proof: "両側がリンクを持つ証明",
      number: "署名されたカメラ番号",
      keys: "暗号鍵。復号鍵はカードに残ります。",
      done: "これから:封印された画像",
    },
  },
  insecure: insecureJa,
  none: {
    heading: "このページはありません",
    words: "アドレスが違うか、古くなっています。",
    home: "開始ページへ",
  },
  fault: { code: (code) => `コード:${code}` },
};
