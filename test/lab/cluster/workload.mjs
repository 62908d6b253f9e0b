// The application of every pod in the lab: it says who it is and what it was sent, fails or waits when it is told to,
// and calls others for a test, from inside its pod's network.
import { lookup } from "node:dns/promises";
import { readFileSync } from "node:fs";
import { Agent, createServer, request } from "node:http";
import { createServer as createTlsServer, request as tlsRequest } from "node:https";

const { LAB_NAME = "", LAB_POD = "", LAB_PORTS = "", LAB_SOCKET = "", LAB_TLS = "" } = process.env;

/** What it does with requests: set by a test. */
const good = { status: 200, delay: 0, headers: {}, when: undefined, times: Infinity };
let behaviour = { ...good };
/** What it was sent since a test last asked. */
let received = [];

async function serve(incoming, response) {
  let body = "";
  for await (const chunk of incoming) body += chunk;
  const { method, url, headers } = incoming;
  const probe = (headers["user-agent"] ?? "").startsWith("kube-probe") || headers["x-lab-probe"] !== undefined;
  const remote = incoming.socket.remoteAddress;
  const { servername } = incoming.socket;
  const said = { app: LAB_NAME, pod: LAB_POD, method, path: url, headers, remote, servername, at: performance.now() };
  if (!probe) received.push(said);
  const wanted = behaviour;
  const applies = !probe && (wanted.when === undefined || url.startsWith(wanted.when)) && wanted.times-- > 0;
  const { status, delay, headers: own } = applies ? wanted : good;
  if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
  if (status === 0) return incoming.socket.destroy();
  response.writeHead(status, { "content-type": "application/json", ...own });
  response.end(JSON.stringify({ ...said, body }));
}

/** Calls somebody, and gives what came of it. */
function call({ host, port, method = "GET", path = "/", headers = {}, body, timeout = 15000, address, tls }) {
  const began = performance.now();
  return new Promise((resolve) => {
    const done = (result) => resolve({ ...result, milliseconds: performance.now() - began });
    const outgoing = (tls ? tlsRequest : request)(
      {
        host: address ?? host,
        port,
        method,
        path,
        headers: { host, ...headers },
        timeout,
        ...(tls ? { agent: false, servername: host, ca: readFileSync(tls.ca) } : { agent: agent(address ?? host) }),
      },
      async (response) => {
        let text = "";
        try {
          for await (const chunk of response) text += chunk;
          done({ status: response.statusCode, headers: response.headers, text });
        } catch (error) {
          done({ error: error.code ?? error.message });
        }
      },
    );
    outgoing.on("timeout", () => outgoing.destroy(new Error("timeout")));
    outgoing.on("error", (error) => done({ error: error.code ?? error.message }));
    outgoing.end(body);
  });
}

const agents = new Map();
function agent(host) {
  if (!agents.has(host)) agents.set(host, new Agent({ keepAlive: true, maxSockets: 50 }));
  return agents.get(host);
}

/** Many calls, so many at once; results in order. */
async function calls({ each, times, parallel = 10, interval = 0 }) {
  const results = [];
  let next = 0;
  const worker = async () => {
    while (next < times) {
      const index = next++;
      results[index] = await call(each);
      if (interval > 0) await new Promise((resolve) => setTimeout(resolve, interval));
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallel, times) }, worker));
  return results;
}

const control = {
  behave: (wanted) => void (behaviour = { ...good, ...wanted }),
  received: () => received.splice(0),
  call,
  calls,
  lookup: (name) =>
    lookup(name).then(
      ({ address }) => address,
      ({ code }) => code,
    ),
};

if (LAB_SOCKET) {
  createServer(async (incoming, response) => {
    let body = "";
    for await (const chunk of incoming) body += chunk;
    const { command, argument } = JSON.parse(body);
    const answer = await control[command](argument);
    response.end(JSON.stringify(answer ?? null));
  }).listen(LAB_SOCKET);
}
for (const port of LAB_PORTS.split(",").filter(Boolean)) createServer(serve).listen(Number(port), "0.0.0.0");
if (LAB_TLS) {
  const { port, key, certificate } = JSON.parse(LAB_TLS);
  createTlsServer({ key: readFileSync(key), cert: readFileSync(certificate) }, serve).listen(port, "0.0.0.0");
}
process.on("SIGTERM", () => process.exit());
