/** A value as the text of a card file, whatever it is. */
export const cardText = (value: unknown): string => {
  const { mac, ...fields } = value as { mac: Uint8Array };
  const text = { ...fields, mac: base64Url(mac) };
  return `${JSON.stringify(text, null, 2)}\n`;
};

const base64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
