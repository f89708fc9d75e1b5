// A proxy between the portal and the sandbox's panel, which a test can delay and close.
import { once } from 'node:events';
import { createServer, request } from 'node:http';

/** `variables` configures a portal to use the proxy; `forwardTo` sets its target. */
export async function startPanelProxy() {
  let target = '';
  let isAway = false;
  let waiting = null;
  const server = createServer((asked, answer) => {
    const pass = () => {
      const onward = request(
        new URL(asked.url, target),
        {
          method: asked.method,
          headers: { ...asked.headers, host: new URL(target).host },
        },
        (reply) => {
          answer.writeHead(reply.statusCode, reply.headers);
          reply.pipe(answer);
        },
      );
      onward.on('error', () => answer.destroy());
      asked.pipe(onward);
    };
    if (isAway) answer.writeHead(503).end();
    else if (waiting) waiting.push(pass);
    else pass();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const panel = `http://127.0.0.1:${server.address().port}/sandbox/webuzo`;
  return {
    variables: {
      WEBUZO_API_URL: `${panel}/admin`,
      WEBUZO_ENDUSER_URL: `${panel}/enduser`,
      WEBUZO_ADMIN_USER: 'sandbox',
      WEBUZO_ADMIN_PASS: 'sandbox',
    },
    forwardTo(origin) {
      target = origin;
    },
    /** Delays all calls. */
    hold() {
      waiting ??= [];
    },
    /** Closes all connections. */
    close() {
      isAway = true;
    },
    /** Forwards calls, the delayed ones first. */
    open() {
      isAway = false;
      const held = waiting ?? [];
      waiting = null;
      for (const pass of held) pass();
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
