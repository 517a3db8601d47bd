import { portCarrier } from "../../src/relay/index.ts";

// The other end of a carrier, in a realm that can be killed: it sends back whatever it gets.
globalThis.addEventListener("message", (event: MessageEvent<{ port: MessagePort }>) => {
  const carrier = portCarrier(event.data.port);
  carrier.onmessage = (message) => {
    if ("talk" in message) carrier.send(message);
    else carrier.send({ talk: message.sealed.slice(0, 4) });
  };
});
