// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what stands in the source, word by word
import { type Check, inFile } from "./check.ts";

const at = (file: string) => (title: string) => ({ file: `test/auth/${file}.test.ts`, title });
const signIn = at("sign-in");
const passes = at("cameras-and-passes");
const http = at("http");
const parts = at("parts");
const cheap = parts("is not done cheaper than today's costs, nor without end, whatever a server states");

/** Accounts, rights, passes. Most of them refuse by an answer, since what was counted has to be kept. */
export const accountChecks: readonly Check[] = [
  ...inFile("src/auth/stretch.ts", [
    {
      what: "a password is not stretched for too little",
      text: 'if (!isEnough || memory > 1_048_576 || passes > 16) throw new Fault("stretch");',
      instead: "",
      test: cheap,
    },
  ]),
  ...inFile("src/auth/account-session.ts", [
    {
      what: "a session is needed",
      text: "if (state === null || session === null) return",
      instead: "if (state === null) return",
      test: signIn("is listed with its device, and ends when it is signed out, revoked, idle or a year old"),
    },
    {
      what: "what matters needs a recent sign-in",
      text: 'if (need === "recent" && now - session.verified > ACCOUNT.recent)',
      instead: "if (false)",
      test: signIn("opens nothing that matters ten minutes after its sign-in, until a new one"),
    },
  ]),
  ...inFile("src/auth/account-ways.ts", [
    {
      what: "nobody signs up as an account that is there",
      text: 'if (state !== null) return { keep: state, answer: refused("challenge") };',
      instead: "",
      test: signIn("takes no name that this server did not give a moment ago"),
    },
    {
      what: "a passkey's signature",
      text: "if (counter === null)",
      instead: "if (false)",
      test: signIn("counts only on this site, with its person verified, to this server's challenge"),
    },
    {
      what: "a challenge counts once",
      text: "state.burnt.some((one) => one.challenge === mark)",
      instead: "false",
      test: signIn("signs in once with each signature"),
    },
    {
      what: "a password's hash",
      text: "  if (!isRight)",
      instead: "  if (false)",
      test: signIn("signs in by name, in any spelling of it"),
    },
    {
      what: "the last passkey stays where there is no password",
      text: 'if (passkeys.length === 0 && state.password === null) return { keep: state, answer: refused("last") };',
      instead: "",
      test: signIn("can be added and removed, but not the last way in"),
    },
  ]),
  ...inFile("src/auth/passkeys.ts", [
    {
      what: "a new passkey's person was verified",
      text: "      expectedRPID: rpId,\n      requireUserVerification: true,\n      supportedAlgorithmIDs",
      instead:
        "      expectedRPID: rpId,\n      requireUserVerification: false,\n      supportedAlgorithmIDs",
      test: signIn("was not verified, and makes no account"),
    },
    {
      what: "a new passkey signed this challenge",
      text: "expectedChallenge: challenge,\n      expectedOrigin: origin,\n      expectedRPID: rpId,\n      requireUser",
      instead:
        "expectedChallenge: () => true,\n      expectedOrigin: origin,\n      expectedRPID: rpId,\n      requireUser",
      test: signIn("is made on this site, to this server's challenge"),
    },
    {
      what: "a passkey signed this challenge",
      text: "expectedChallenge: challenge,\n      expectedOrigin: origin,\n      expectedRPID: rpId,\n      credential",
      instead:
        "expectedChallenge: () => true,\n      expectedOrigin: origin,\n      expectedRPID: rpId,\n      credential",
      test: signIn("counts only on this site, with its person verified, to this server's challenge"),
    },
    {
      what: "no certificates are read",
      text: "if (hasCertificates(response)) return null;",
      instead: "",
      test: signIn("comes with nobody's certificates, which nobody reads then"),
    },
  ]),
  ...inFile("src/auth/http-answers.ts", [
    {
      what: "a session's cookie is this server's writing",
      text: 'isSameText(mark ?? "", await sessionMark(secret, own))',
      instead: "true",
      test: signIn("is kept as a hash, and a token of another form or account is none"),
    },
    {
      what: "where no address is known none is counted",
      text: 'if (address === "" && what === "address") return null;',
      instead: "",
      test: signIn("and a passkey are kept from nobody by strangers where no address is known"),
    },
  ]),
  ...inFile("src/auth/account-passes.ts", [
    {
      what: "a one-time password is entered where it was asked for",
      text: 'if (asked.session !== session.id) return no(state, "foreign");',
      instead: "",
      test: passes("is given once for each password, where it was asked for, in time, with few tries"),
    },
    {
      what: "it is right",
      text: "asked.code !== null && isSameText(asked.code, code) ? state : null",
      instead: "state",
      test: passes("is given once for each password, where it was asked for, in time, with few tries"),
    },
    {
      what: "it has few tries",
      text: "tries < ACCOUNT.askTries",
      instead: "true",
      test: passes("is given once for each password, where it was asked for, in time, with few tries"),
    },
    {
      what: "an app's code counts once",
      text: "step <= state.totp.step",
      instead: "false",
      test: passes("comes by an authenticator app, whose codes count once"),
    },
    {
      what: "a device does not show what it asked itself",
      text: "session !== own.id",
      instead: "true",
      test: passes("comes by another signed-in device where the owner chose that"),
    },
  ]),
  ...inFile("src/auth/pass.ts", [
    {
      what: "a pass is the server's",
      text: 'if (!(await checkCose(serverKey, "pass", fields, envelope))) return "signature";',
      instead: "",
      test: passes("is for this viewer's key and this camera, and signed by this server"),
    },
    {
      what: "a pass is for a camera and a viewer key",
      text: 'return "foreign";',
      instead: "",
      test: passes("is for this viewer's key and this camera, and signed by this server"),
    },
    {
      what: "a pass ends",
      text: "now >= pass.expires + apart",
      instead: "false",
      test: passes("comes for a one-time password shown on the viewer, for 30 minutes"),
    },
  ]),
  ...inFile("src/auth/registration.ts", [
    {
      what: "the hub's word",
      text: 'if (!(await checkCose(controlKey, "control", fields, envelope))) return null;',
      instead: "",
      test: passes("that one account was given does not serve another, whatever it writes into it"),
    },
    {
      what: "the camera's word",
      text: "if (!(await checkAcknowledgement(cameraKey, signed, acknowledgement))) return null;",
      instead: "",
      test: passes("needs the hub's word, the camera's own, and both about this camera"),
    },
  ]),
  ...inFile("src/auth/http-cameras.ts", [
    {
      what: "a registered camera asks for passes itself",
      text: 'if (!read.server || !equal(read.server, means.secret.signing.publicKey)) return no("unpinned");',
      instead: "",
      test: passes("is for cameras that hold viewers to this server's passes themselves"),
    },
  ]),
  ...inFile("src/auth/camera-rights.ts", [
    {
      what: "a camera does not go over for an old word",
      text: 'if (!isNewer && !(isSame && isOwn)) return { keep: state, answer: refused("registration") };',
      instead: "",
      test: passes("does not take it from its owner, unless the camera obeys another hub by now"),
    },
    {
      what: "its owner alone gives it up",
      text: "if (state === null || state.owner?.id !== by)",
      instead: "if (state === null)",
      test: passes("is undone by its owner alone; an older word of the hub does not bring it back elsewhere"),
    },
    {
      what: "who shares manages, and not the owner",
      text: "if (!rightsIn(state, by).manage || to.id === state.owner?.id) return false;",
      instead: "",
      test: passes("are not given by who has none, and a camera that is nobody's looks like somebody else's"),
    },
  ]),
  ...inFile("src/auth/admit.ts", [
    {
      what: "the right is there now",
      text: "if (!isRefused(standing) && standing.rights.live)",
      instead: "if (!isRefused(standing))",
      test: passes("ends at the relay where the right was taken back, and is not given then"),
    },
  ]),
  ...inFile("src/auth/http-passes.ts", [
    {
      what: "codes are counted for who is signed in",
      text: "if (isRefused(who)) return who;\n      const wait",
      instead: "const wait",
      test: passes("is kept from nobody by who was signed out and goes on entering codes"),
    },
    {
      what: "a password is issued for cameras that the account may look at",
      text: 'if (!(await mayLook(context, id, body.views))) return no("right");',
      instead: "",
      test: passes("ends at the relay where the right was taken back, and is not given then"),
    },
    {
      what: "codes are taken only so often",
      text: 'if (wait > 0) return { refused: "later", seconds: wait };',
      instead: "",
      test: passes("cannot be guessed on and on: codes are taken only so often, and later again"),
    },
  ]),
  ...inFile("src/auth/http-account.ts", [
    {
      what: "sign-up by invitation",
      text: 'if (!isInvited(means, body.invitation)) return no("sign-up");',
      instead: "",
      test: signIn("can be closed, or by invitation"),
    },
    {
      what: "a password is tried only so often",
      text: 'if (wait > 0) return { refused: "later", seconds: wait };',
      instead: "",
      test: signIn("is not told apart from no account: salt, refusal, waiting"),
    },
  ]),
  ...inFile("src/auth/http.ts", [
    {
      what: "requests come from our own pages",
      text: 'if (!isOwnPage(context, means.site.origin)) return sayNo(context, no("request"));',
      instead: "",
      test: http("with the person's cookies is refused, whatever it asks"),
    },
    {
      what: "they are JSON",
      text: 'if (context.req.method === "POST" && !isJson(context)) return sayNo(context, no("request"));',
      instead: "",
      test: http("with the person's cookies is refused, whatever it asks"),
    },
  ]),
  ...inFile("src/auth/http-body.ts", [
    {
      what: "a body has no more fields than it has",
      text: "if (Object.keys(value).some((name) => !Object.hasOwn(shape, name))) return null;",
      instead: "",
      test: http("has exactly its fields, each of its form"),
    },
  ]),
];
