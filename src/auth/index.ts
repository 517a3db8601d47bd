export {
  type Grant,
  makeAcknowledgement,
  makeGrant,
  makeOffer,
  makeRejection,
  type Offer,
  readAcknowledgement,
  readGrant,
  readOffer,
  readRejection,
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
