// The shipped fronts, as they stand in portal/deploy: only names, ports and paths are replaced, by those of
// the test.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { networkInterfaces, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { promisify } from 'node:util';
import { freePort, startPortal } from '../browser/portal.mjs';
import { until } from '../browser/until.mjs';

const run = promisify(execFile);
const shipped = new URL('../../portal/deploy/', import.meta.url);

/** The fronts that are shipped. */
export const kinds = ['nginx', 'caddy'];

/** The name of the site in the tests: a browser takes it for this machine by itself. */
export const site = 'localhost';

/** A certificate of the site and the authority that signed it, which exists for one test. */
async function certificate(folder) {
  const file = (name) => join(folder, name);
  const openssl = (...words) => run('openssl', words, { cwd: folder });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await openssl(
    ...['req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2'],
    ...['-subj', '/CN=Authority of the tests', '-addext', 'keyUsage=critical,keyCertSign'],
  );
  await openssl('req', ...key, '-keyout', 'site.key', '-out', 'site.csr', '-subj', `/CN=${site}`);
  await writeFile(file('names'), `subjectAltName=DNS:${site}\nextendedKeyUsage=serverAuth\n`);
  await openssl(
    ...['x509', '-req', '-in', 'site.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'],
    ...['-out', 'site.pem', '-days', '2', '-extfile', 'names'],
  );
  return { ca: file('ca.pem'), chain: file('site.pem'), key: file('site.key') };
}

/** Replaces each text as often as given; fails where it occurs another number of times. */
function adapted(text, changes) {
  for (const [from, to, times] of changes) {
    const count = text.split(from).length - 1;
    if (count !== times) throw new Error(`"${from}" stands there ${count} times, not ${times}`);
    text = text.replaceAll(from, to);
  }
  return text;
}

async function nginxConfiguration({ folder, https, http, upstream, cert }) {
  const text = await readFile(new URL('nginx.conf', shipped), 'utf8');
  const has6 = Object.values(networkInterfaces()).some((all) => all.some((one) => one.address === '::1'));
  const six = (port) => (has6 ? `listen [::1]:${port}` : `# listen [::1]:${port}`);
  // What the distribution's package prepares for its own user.
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const paths = temp.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n    ');
  return adapted(text, [
    ['user www-data;', `user ${userInfo().username};`, 1],
    ['pid /run/nginx.pid;', `pid ${folder}/nginx.pid;`, 1],
    ['error_log /var/log/nginx/error.log crit;', 'error_log stderr crit;', 1],
    ['http {\n', `http {\n    ${paths}\n`, 1],
    ['listen [::]:443', six(https), 2],
    ['listen 443', `listen ${https}`, 2],
    ['listen [::]:80', six(http), 1],
    ['listen 80', `listen ${http}`, 1],
    ['https://hollyn.online$request_uri', `https://${site}:${https}$request_uri`, 1],
    ['server_name hollyn.online;', `server_name ${site};`, 1],
    ['/etc/letsencrypt/live/hollyn.online/fullchain.pem', cert.chain, 1],
    ['/etc/letsencrypt/live/hollyn.online/privkey.pem', cert.key, 1],
    ['server 127.0.0.1:8000;', `server 127.0.0.1:${upstream};`, 1],
  ]);
}

async function caddyConfiguration({ https, http, upstream, cert }) {
  const text = await readFile(new URL('Caddyfile', shipped), 'utf8');
  return adapted(text, [
    ['\tadmin off\n', `\tadmin off\n\thttp_port ${http}\n\thttps_port ${https}\n`, 1],
    ['\nhollyn.online {\n', `\n${site} {\n\ttls ${cert.chain} ${cert.key}\n`, 1],
    ['reverse_proxy 127.0.0.1:8000 {', `reverse_proxy 127.0.0.1:${upstream} {`, 1],
  ]);
}

/** The command that runs a front with its adapted configuration. */
async function command(kind, settings) {
  const file = join(settings.folder, kind);
  if (kind === 'nginx') {
    await writeFile(file, await nginxConfiguration(settings));
    return ['nginx', '-e', 'stderr', '-p', settings.folder, '-c', file, '-g', 'daemon off;'];
  }
  await writeFile(file, await caddyConfiguration(settings));
  return ['caddy', 'run', '--adapter', 'caddyfile', '--config', file];
}

/**
 * A front of that kind with a portal behind it, whose address is the front's. `stop` ends both; `front` and
 * `portal` are their processes' ids, `ca` the file of the authority, `direct` the portal's own address.
 */
export async function startFront(kind, variables = {}) {
  const folder = await mkdtemp(join(tmpdir(), `hollyn-${kind}-`));
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'logs'));
  const [https, http] = [await freePort(), await freePort()];
  const origin = `https://${site}:${https}`;
  const cert = await certificate(folder);
  const portal = await startPortal({ APP_URL: origin, APP_PROXY_HEADER: 'X-Real-IP', ...variables });
  const upstream = new URL(portal.origin).port;
  const [program, ...words] = await command(kind, { folder, https, http, upstream, cert });
  const environment = { PATH: `${process.env.PATH}:/usr/sbin`, HOME: folder, XDG_DATA_HOME: folder };
  const child = spawn(program, words, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  child.stdout.on('data', (text) => (log += text));
  child.stderr.on('data', (text) => (log += text));
  child.on('error', (error) => (log += error.message));
  const ended = once(child, 'close').catch(() => null);
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const stop = async () => {
    process.off('exit', kill);
    const late = setTimeout(kill, 10_000);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(late);
    await portal.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const ca = await readFile(cert.ca);
  try {
    await until(`${kind} listens`, () => {
      if (child.exitCode !== null || child.pid === undefined) throw new Error(`${kind} ended`);
      return handshake({ host: '127.0.0.1', port: https, servername: site, ca });
    });
  } catch (error) {
    await stop();
    throw new Error(`${error.message}\n${log}`, { cause: error });
  }
  return {
    ...{ kind, origin, port: https, http, ca, certificate: cert.ca, stop },
    ...{ portal, direct: portal.origin, front: child.pid },
  };
}

/** The protocol that a TLS handshake agrees on, or null where it fails. */
export function handshake(options) {
  return new Promise((resolve) => {
    const socket = connect({ ALPNProtocols: ['h2', 'http/1.1'], ...options }, () => {
      resolve({ protocol: socket.alpnProtocol || 'none', version: socket.getProtocol() });
      socket.destroy();
    });
    socket.on('error', () => resolve(null));
  });
}
