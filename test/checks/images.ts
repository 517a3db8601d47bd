// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what stands in the source, word by word
import { type Check, inFile } from "./check.ts";

const images = (title: string) => ({ file: "test/images/images.test.ts", title });
const form = (title: string) => ({ file: "test/images/upload-form.test.ts", title });

/** Who adds to stored images, how much, and who reads, protects and erases them. */
export const imagesChecks: readonly Check[] = [
  ...inFile("src/images/upload-proof.ts", [
    {
      what: "the key is the camera's",
      text: "    if (!equal(await thumbprint(key), fromBase32(claim.camera))) return false;\n",
      instead: "",
      test: images("not by another key, for another name, or for another origin"),
    },
    {
      what: "an upload is signed for",
      text: '    return await checkCose(publicKey, "upload", payloadOf(claim, key), envelope);\n',
      instead: "    void [publicKey, envelope, checkCose];\n    return true;\n",
      test: images("not by another key, for another name, or for another origin"),
    },
    {
      what: "the service's origin is signed",
      text: "encodeCbor([origin, fromBase32(camera), fromBase64Url(hash), nonce, key])",
      instead: "encodeCbor([fromBase32(camera), fromBase64Url(hash), nonce, key])",
      test: images("not by another key, for another name, or for another origin"),
    },
    {
      what: "the recording is signed",
      text: "encodeCbor([origin, fromBase32(camera), fromBase64Url(hash), nonce, key])",
      instead: "encodeCbor([origin, fromBase32(camera), nonce, key])",
      test: images("not by another key, for another name, or for another origin"),
    },
    {
      what: "a nonce is ours, for this camera",
      text: '    if (!equal(await this.#mac("nonce", camera, claim), mac)) return null;\n',
      instead: "    void mac;\n",
      test: images("with a nonce once, in time, and for this camera"),
    },
    {
      what: "a nonce is for one camera",
      text: 'this.#mac("nonce", camera, claim), mac',
      instead: 'this.#mac("nonce", "", claim), mac',
      test: images("with a nonce once"),
    },
    {
      what: "a nonce has its time",
      text: "return until > now ? until : null;",
      instead: "return now ? until : null;",
      test: images("with a nonce once, in time, and for this camera"),
    },
    {
      what: "a token is ours, for this recording",
      text: '    if (!equal(await this.#mac("token", tokenFor(name), until), bytes.subarray(8))) return false;\n',
      instead: "",
      test: images("with a token for this recording, for five minutes, while the camera may"),
    },
    {
      what: "a token has its time",
      text: "return fromU64(until) > now;",
      instead: "return fromU64(until) > 0 || now > 0;",
      test: images("with a token for this recording, for five minutes, while the camera may"),
    },
    {
      what: "a token is bytes",
      text: "      return false;\n    }\n    if (bytes.length",
      instead: "      return true;\n    }\n    if (bytes.length",
      test: form("is no token in another form"),
    },
    {
      what: "a token has its length",
      text: "    if (bytes.length !== 8 + macLength) return false;\n",
      instead: "    if (bytes.length !== 8 + macLength) return true;\n",
      test: form("is no token in another form"),
    },
  ]),
  ...inFile("src/images/image-service.ts", [
    {
      what: "a nonce is looked at",
      text: "    if (until === null) return null;\n",
      instead: "    if (until === null) throw new Error();\n",
      test: images("with a nonce once, in time, and for this camera"),
    },
    {
      what: "an upload is proven",
      text: "    if (!(await checkUpload({ ...name, origin, nonce }, key, proof))) return null;\n",
      instead: "    void [checkUpload, origin, key, proof];\n",
      test: images("not by another key, for another name, or for another origin"),
    },
    {
      what: "a nonce serves once",
      text: "    if (!(await index.burn(toBase64Url(nonce), until, now))) return null;\n",
      instead: "",
      test: images("with a nonce once, in time, and for this camera"),
    },
    {
      what: "a batch begins where the recording ends",
      text: '    if (from !== (present?.taken ?? 0)) return { result: "offset", ...storedOf(present) };\n',
      instead: "",
      test: images("take no batch twice, and none with a hole before it"),
    },
    {
      what: "what is being erased is gone",
      text: "return found?.isErased ? null : found;",
      instead: "return found;",
      test: images(
        "while a recording is erased leaves it hidden, and the next sweep or upload erases the rest",
      ),
    },
  ]),
  ...inFile("src/images/http.ts", [
    {
      what: "an upload is opened by who may",
      text: '&& (await context.get("means").may(null, name.camera, "upload"))',
      instead: "",
      test: images("with a token for this recording, for five minutes, while the camera may"),
    },
    {
      what: "a batch comes with its token",
      text: '    if (!token || !(await (await context.get("service")()).isToken(token, name)))\n      return no(context, 401, "token");\n',
      instead: "    void token;\n",
      test: images("with a token for this recording, for five minutes, while the camera may"),
    },
    {
      what: "a right that was taken back ends an upload",
      text: '    if (!(await means.may(null, name.camera, "upload"))) return no(context, 401, "token");\n',
      instead: "",
      test: images("with a token for this recording, for five minutes, while the camera may"),
    },
    {
      what: "a place is a number",
      text: '    if (!/^(0|[1-9][0-9]{0,14})$/.test(from)) return no(context, 400, "request");\n',
      instead: "",
      test: images("refuse whatever is no request of theirs"),
    },
    {
      what: "a batch is no longer than the longest",
      text: '    if (batch === "long") return no(context, 413, "long");\n',
      instead: '    if (batch === "long") return context.json({});\n',
      test: images("take no batch that is too long, whether it says so or not"),
    },
    {
      what: "who may not read is nobody",
      text: "return account !== null && means.may(account, camera, right);",
      instead: "return account !== null || means.may(account, camera, right);",
      test: images("are there for who may, and for all others they are not"),
    },
    {
      what: "pages of other sites change nothing",
      text: 'context.req.header("origin") === context.get("means").origin',
      instead: 'context.get("means").origin !== ""',
      test: images("are erased and protected from their own pages alone"),
    },
    {
      what: "a proof has nothing else beside it",
      text: "    if (Object.keys(others).length > 0) return null;\n",
      instead: "    void others;\n",
      test: form("is no proof in another form"),
    },
    {
      what: "a proof has its lengths",
      text: "first.length === 32 && second.length === 32 && third.length === 73",
      instead: "third.length > 0",
      test: form("is no proof in another form"),
    },
  ]),
  ...inFile("src/images/body.ts", [
    {
      what: "a body is not read past its bound",
      text: '      if (length > most) return "long";\n',
      instead: "",
      test: images("is read up to its bound, and not past it"),
    },
    {
      what: "a body that does not come is given up",
      text: '      if (read === "slow") return read;\n',
      instead: '      if (read === "slow") continue;\n',
      test: images("that does not come is given up, and its sender with it"),
    },
  ]),
];
