export {
  type Grant,
  makeAcknowledgement,
  makeGrant,
  makeOffer,
  makeRefusal,
  makeWithdrawal,
  type Offer,
  type RefusalCode,
  readAcknowledgement,
  readGrant,
  readOffer,
  readRefusal,
  readWithdrawal,
  type Said,
  type Transcript,
} from "./pairing.ts";
export {
  type LinkKeys,
  linkFragment,
  linkKeys,
  linkLifetime,
  makeLink,
  type PairingLink,
  readLink,
} from "./pairing-link.ts";
export {
  type AuthFault,
  acknowledgeRecipients,
  checkAcknowledgement,
  checkRecipients,
  type RecipientSet,
  signRecipients,
} from "./recipients.ts";
