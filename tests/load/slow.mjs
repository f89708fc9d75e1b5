// Clients that take connections and do not use them, each in its own way.
import { connect as overHttp2, constants } from 'node:http2';
import { performance } from 'node:perf_hooks';
import { connect } from 'node:tls';
import { site } from './front.mjs';

const form = 'content-type: application/x-www-form-urlencoded';
const start = (method, path) => `${method} ${path} HTTP/1.1\r\nhost: ${site}\r\n`;

/** What is sent first, and whether a byte follows each second. */
const ways = {
  'header drips': [`${start('GET', '/')}x-slow: `, true],
  'form drips': [`${start('POST', '/login')}${form}\r\ncontent-length: 4000\r\n\r\nemail=`, true],
  'notice drips': [`${start('POST', '/webhooks/zeno')}content-length: 4000\r\n\r\n`, true],
  'body does not come': [`${start('POST', '/checkout')}${form}\r\ncontent-length: 4000\r\n\r\n`, false],
  'sends nothing': ['', false],
  'idle after an answer': [`${start('GET', '/healthz')}\r\n`, false],
};

/** The same in streams of HTTP/2: whether a byte follows each second. */
const streams = { 'HTTP/2, form drips': true, 'HTTP/2, body does not come': false };

/** `closed` is how many seconds it was open, known when the other side has ended it. */
function open(front, way, localAddress) {
  const options = { host: '127.0.0.1', port: front.port, servername: site, ca: front.ca, localAddress };
  let began = performance.now();
  let end, drip, isOpen;
  const opened = new Promise((resolve) => (isOpen = resolve)).then(() => (began = performance.now()));
  const closed = new Promise((resolve) => {
    end = () => {
      clearInterval(drip);
      isOpen();
      resolve((performance.now() - began) / 1000);
    };
  });
  if (ways[way]) {
    const [first, drips] = ways[way];
    const socket = connect({ ...options, ALPNProtocols: ['http/1.1'] }, () => {
      if (first) socket.write(first);
      if (drips) drip = setInterval(() => socket.write('a'), 1000);
      isOpen();
    });
    socket.on('error', () => {}).on('close', end);
    socket.resume();
    return { way, opened, closed, destroy: () => socket.destroy() };
  }
  const createConnection = () => connect({ ...options, ALPNProtocols: ['h2'] });
  const session = overHttp2(front.origin, { createConnection });
  const request = session.request({
    ...{ [constants.HTTP2_HEADER_METHOD]: 'POST', [constants.HTTP2_HEADER_PATH]: '/login' },
    ...{ 'content-type': 'application/x-www-form-urlencoded', 'content-length': '4000' },
  });
  session.on('error', () => {}).on('connect', isOpen);
  if (streams[way]) drip = setInterval(() => !request.destroyed && request.write('a'), 1000);
  request
    .on('error', () => {})
    .on('close', () => {
      session.destroy();
      end();
    });
  request.resume();
  return { way, opened, closed, destroy: () => session.destroy() };
}

/**
 * Holds that many slow connections, each from one of 250 addresses: one that is closed is opened again, until
 * `release` is called, which waits for their end and gives the longest life of each kind in seconds. The kind
 * `without` is left out.
 */
export async function hold(front, count, without) {
  const names = [...Object.keys(ways), ...Object.keys(streams)].filter((way) => way !== without);
  const live = new Set();
  const longest = new Map();
  let holds = true;
  const take = async (n) => {
    const slow = open(front, names[n % names.length], `127.0.1.${1 + (n % 250)}`);
    live.add(slow);
    const seconds = await slow.closed;
    live.delete(slow);
    longest.set(slow.way, Math.max(longest.get(slow.way) ?? 0, seconds));
    if (holds) take(n);
  };
  for (let n = 0; n < count; n += 1) take(n);
  await Promise.all([...live].map((slow) => slow.opened));
  return {
    /** How many are open now. */
    count: () => live.size,
    async release() {
      holds = false;
      while (live.size > 0) await Promise.all([...live].map((slow) => slow.closed));
      return longest;
    },
    /** Closes them from this side. */
    drop() {
      holds = false;
      for (const slow of live) slow.destroy();
    },
  };
}

/** Has that many requests in progress from one address; gives what ends them. */
export async function takeAll(front, localAddress, count) {
  const all = Array.from({ length: count }, () => open(front, 'body does not come', localAddress));
  await Promise.all(all.map((slow) => slow.opened));
  return () => all.forEach((slow) => slow.destroy());
}
