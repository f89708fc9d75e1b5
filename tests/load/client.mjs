// A browser without a screen: cookies and forms, over http or TLS, from an address of this machine's choice.
import { request as overHttp } from 'node:http';
import { request as overTls } from 'node:https';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

/** A browser of its own. `more` goes into each request: `ca`, `localAddress`, `headers`. */
export function client(origin, { headers = {}, ...more } = {}) {
  const url = new URL(origin);
  const cookies = new Map();
  const times = [];

  function send(method, path, form) {
    const body = form && new URLSearchParams(form).toString();
    const own = { host: url.host, 'sec-fetch-site': 'same-origin', ...headers };
    if (cookies.size > 0) own.cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (body !== undefined) {
      own['content-type'] = 'application/x-www-form-urlencoded';
      own['content-length'] = Buffer.byteLength(body);
    }
    const options = { host: '127.0.0.1', port: url.port, method, path, headers: own, agent: false, ...more };
    const began = performance.now();
    return new Promise((resolve, reject) => {
      const request = (url.protocol === 'https:' ? overTls : overHttp)(
        { ...options, servername: url.hostname },
        (answer) => {
          for (const cookie of answer.headers['set-cookie'] ?? []) {
            const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
            cookies.set(name, value);
          }
          let text = '';
          answer.setEncoding('utf8');
          answer.on('data', (part) => (text += part));
          answer.on('error', reject);
          answer.on('end', () => {
            times.push(performance.now() - began);
            resolve({ status: answer.statusCode, headers: answer.headers, text });
          });
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  }

  return {
    /** How long each answer took, in milliseconds. */
    times,
    get: (path) => send('GET', path),
    post: (path, form) => send('POST', path, form),
  };
}

/** A purchase from the order form to the active service; the phone is the sandbox's. */
export async function buy(visitor, phone, n) {
  const number = `0754 6${String(n).padStart(5, '0')}`;
  const order = {
    ...{ plan: 'hollyn-boost', months: '1', name: 'Neema Mushi', email: `neema.load${n}@example.co.tz` },
    ...{ phone: number, domain: `mzigo${n}-${process.pid}.co.tz`, password: 'kahawa tamu ya Kibo' },
  };
  await visitor.get('/plans');
  const placed = await visitor.post('/checkout', order);
  const page = placed.headers.location ?? '';
  if (!page.startsWith('/pay/')) throw new Error(`the order was not placed: ${placed.status} ${placed.text}`);
  const sent = await visitor.post(page, { action: 'send', attempt: '0', phone: '' });
  if (sent.status !== 303) throw new Error(`the payment request was not sent: ${sent.status}`);
  const push = /action="\/sandbox\/phone\/([^"]+)"/g;
  const waiting = [...(await phone.get('/sandbox/phone')).text.matchAll(push)].map((found) => found[1]);
  for (const id of new Set(waiting)) await phone.post(`/sandbox/phone/${id}`, { act: 'approve' });
  for (let asked = 0; asked < 120; asked += 1) {
    const { status, text } = await visitor.get(`${page}/status`);
    if (status === 200 && JSON.parse(text).service?.status === 'active') return page;
    await pause(250);
  }
  throw new Error('the service was not active within 30 s');
}
