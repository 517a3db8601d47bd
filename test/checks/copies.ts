import { type Check, inFile } from "./check.ts";

const suite = (title: string) => ({ file: "test/apparatus/uploader.test.ts", title });
const lying = suite("follow no server that says it has what it was never sent, or half an item");
const form = suite("take no answer with another field, another form, or without an end");

/** What a camera believes of the server that it copies its recordings to. */
export const copyChecks: readonly Check[] = [
  ...inFile("src/apparatus/uploader.ts", [
    {
      what: "no more than was sent",
      text: "if (taken > most || this.#turns > mostTurns)",
      instead: "if (this.#turns > mostTurns)",
      test: lying,
    },
    {
      what: "all of a batch, or it is not stored",
      text: 'if (answer.kind === "stored" ? !isWhole : !isPart) throw new Fault("copy-disagrees");',
      instead: "",
      test: suite("are not called stored by a server that says it took more, or less, than it was sent"),
    },
    {
      what: "a place between two items",
      text: 'if (!(await isBetweenItems(source, at < known ? begin : known, at))) throw new Fault("copy-disagrees");',
      instead: "",
      test: suite("go on at no place in the middle of an item"),
    },
    {
      what: "a token that is refused at once",
      text: 'if (isFresh) throw new Fault("copy-not-registered");',
      instead: "",
      test: suite("stand still where a token is refused at once"),
    },
  ]),
  ...inFile("src/apparatus/upload-server.ts", [
    {
      what: "the status and no other field",
      text: "if (response.status === status && isExact) return said;",
      instead: "return said;",
      test: form,
    },
    {
      what: "a number of bytes",
      text: 'if (typeof taken !== "number" || !Number.isSafeInteger(taken) || taken < 0) throw new Fault("copy-answer");',
      instead: "",
      test: form,
    },
  ]),
];
