import { type Check, inFile } from "./check.ts";

const answered = {
  file: "test/apparatus/stored-source.test.ts",
  title: "is at fault where the answer is another one than was asked for, and nothing of it is taken",
};

/** What a server may answer to who reads what it keeps. */
export const storedChecks: readonly Check[] = [
  ...inFile("src/apparatus/stored-source.ts", [
    {
      what: "a part is answered as a part",
      text: "answer.status !== 206 || ",
      instead: "",
      test: answered,
    },
    {
      what: "it begins where it was asked for",
      text: " || given.from !== from",
      instead: "",
      test: answered,
    },
    {
      what: "it ends there, and the file is no shorter",
      text: 'if (given.to !== wanted || given.size < (size ?? wanted)) throw new Fault("stored-answer");',
      instead: "",
      test: answered,
    },
    {
      what: "no byte more",
      text: 'if (part.value.length > length - at) throw new Fault("stored-answer");',
      instead: "",
      test: answered,
    },
    {
      what: "no byte less",
      text: 'if (at < length) throw new Fault("stored-answer");',
      instead: "",
      test: answered,
    },
    {
      what: "no other path",
      text: 'if (fromBase32(camera).length !== 32 || fromBase64Url(hash).length !== 32) throw new Fault("encoding");',
      instead: "",
      test: {
        file: "test/apparatus/stored-source.test.ts",
        title: "has a name that is one, and no other path is asked for",
      },
    },
  ]),
];
