// A proxy between the app and the portal. A test can disconnect it, or set its answers.
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

/**
 * `forwardTo` says where it leads; before that, it leads nowhere. With a key and a certificate it is a proxy
 * over TLS.
 */
export async function startProxy(tls = null) {
  const answers = new Map();
  const asked = [];
  let target = null;
  let isDisconnected = false;
  const pass = (incoming, answer) => {
    const what = `${incoming.method} ${new URL(incoming.url, 'http://proxy').pathname}`;
    asked.push(what);
    if (isDisconnected || (!target && !answers.has(what))) {
      incoming.socket.destroy();
      return;
    }
    const said = answers.get(what);
    if (said) {
      answer.writeHead(said.status, said.headers).end(said.body);
      return;
    }
    const onward = request(
      new URL(incoming.url, target),
      { method: incoming.method, headers: { ...incoming.headers, host: new URL(target).host } },
      (reply) => {
        answer.writeHead(reply.statusCode, reply.headers);
        reply.pipe(answer);
      },
    );
    onward.on('error', () => answer.destroy());
    incoming.pipe(onward);
  };
  const server = (tls ? createTlsServer(tls, pass) : createServer(pass)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `${tls ? 'https' : 'http'}://127.0.0.1:${server.address().port}`,
    /** The requests, like `GET /plans`. */
    asked,
    forwardTo(origin) {
      target = origin;
    },
    /** Sets the answer of a request; `null` forwards it again. */
    respond(what, status, body, headers = { 'content-type': 'application/json' }) {
      answers.set(what, { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
    },
    passThrough(what) {
      answers.delete(what);
    },
    /** Closes all connections and accepts none. */
    disconnect() {
      isDisconnected = true;
      server.closeAllConnections();
    },
    reconnect() {
      isDisconnected = false;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
