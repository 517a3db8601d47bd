import { isIP } from "node:net";
import { Extension } from "@peculiar/x509";

/** Names that are nobody's on the internet: RFC 6762 (.local), RFC 8375 (.home.arpa), RFC 6761 (.test, localhost), and .internal, .lan. */
const domains = ["localhost", "local", "home.arpa", "internal", "lan", "test"];

/** Addresses that are nobody's on the internet, with their masks: RFC 1122, RFC 1918, RFC 3927, RFC 6598; all of IPv6 stays out. */
const networks = [
  ["127.0.0.0", "255.0.0.0"],
  ["10.0.0.0", "255.0.0.0"],
  ["172.16.0.0", "255.240.0.0"],
  ["192.168.0.0", "255.255.0.0"],
  ["169.254.0.0", "255.255.0.0"],
  ["100.64.0.0", "255.192.0.0"],
] as const;

const bytesOf = (address: string): number[] => address.split(".").map(Number);

/** An IPv4 address as one number. */
const numberOf = (address: string): number => bytesOf(address).reduce((sum, byte) => sum * 256 + byte, 0);

/** Whether any local authority may vouch for a name or address. */
export const isLocal = (name: string): boolean => {
  if (isIP(name) === 0) return domains.some((domain) => name === domain || name.endsWith(`.${domain}`));
  if (isIP(name) !== 4) return false;
  return networks.some(([network, mask]) => (numberOf(name) & numberOf(mask)) >>> 0 === numberOf(network));
};

/**
 * Whether an authority of this host may vouch for its name. A name of one word counts for all below it: a machine called "dev" would vouch
 * for every site that ends so.
 */
export const isOwn = (host: string): boolean => isLocal(host) || host.includes(".");

/** One DER value: tag, length, content. */
const der = (tag: number, content: readonly number[]): number[] => {
  const { length } = content;
  if (length > 0xffff) throw new RangeError(`"content" expected at most 65535 bytes, got ${length}`);
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return [tag, ...size, ...content];
};

/** RFC 5280 §4.2.1.10, critical: what a certificate under the local authority of this host may be for. */
export const nameConstraints = (host: string): Extension => {
  // NameConstraints ::= SEQUENCE { [0] permittedSubtrees: GeneralSubtree ::= SEQUENCE { base GeneralName } … }
  // GeneralName: [2] a domain with all below it, [7] an address and its mask
  const names = [...domains, host]
    .filter(isOwn)
    .map((domain) => der(0x82, [...Buffer.from(domain, "ascii")]));
  const addresses = networks.map(([network, mask]) => der(0x87, [...bytesOf(network), ...bytesOf(mask)]));
  const subtrees = [...names, ...addresses].flatMap((base) => der(0x30, base));
  return new Extension("2.5.29.30", true, new Uint8Array(der(0x30, der(0xa0, subtrees))));
};
