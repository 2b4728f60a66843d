// Logs in to the console with a real browser at a certified OpenID provider (npm oidc-provider), as a reader of one tenant
// and of all, and asks the API with the provider's access tokens. Both sign with keys of their own, over HTTP on the
// loopback address.
//
// Arguments: a folder with the npm packages oidc-provider@9.13.3 and playwright-core@1.65.1, a file with the class path of
// the tests, and Java. To be called from the root of the project, after mvn test-compile and as .ci/browser prepares both:
//
//     node .ci/login.mjs "$work/npm" "$work/classpath" "$JAVA_HOME/bin/java"
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [packages, classpath, java] = process.argv.slice(2);
const require = createRequire(path.resolve(packages, 'node_modules') + '/');
const { chromium } = require('playwright-core');
const { default: Provider } = await import(pathToFileURL(require.resolve('oidc-provider')));

const AUDIENCE = 'keyward-api';
const TENANTS = { northwind: ['northwind'], platform: ['all'], guest: [] };

const freePort = () => new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
        const { port } = server.address();
        server.close(() => resolve(port));
    });
});

const [providerPort, consolePort] = [await freePort(), await freePort()];
const issuer = `http://127.0.0.1:${providerPort}`;
const address = `http://127.0.0.1:${consolePort}`;

const provider = new Provider(issuer, {
    clients: [
        {
            client_id: 'keyward-console',
            token_endpoint_auth_method: 'none',
            grant_types: ['authorization_code'],
            redirect_uris: [`${address}/login/callback`],
            application_type: 'native',
        },
        ...['northwind', 'platform', 'guest'].map(client_id => ({
            client_id,
            client_secret: `secret of ${client_id}`,
            grant_types: ['client_credentials'],
            response_types: [],
            redirect_uris: [],
        })),
    ],
    claims: { openid: ['sub', 'keyward_tenants'] },
    conformIdTokenClaims: false,
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, keyward_tenants: TENANTS[id] }) }),
    extraTokenClaims: (_, token) => ({ sub: token.clientId, keyward_tenants: TENANTS[token.clientId] }),
    features: {
        devInteractions: { enabled: true },
        clientCredentials: { enabled: true },
        resourceIndicators: {
            enabled: true,
            defaultResource: () => undefined,
            getResourceServerInfo: () => ({
                scope: 'read',
                audience: AUDIENCE,
                accessTokenFormat: 'jwt',
                jwt: { sign: { alg: 'RS256' } },
            }),
        },
    },
});
const served = provider.listen(providerPort, '127.0.0.1');

const settings = {
    'oidc.issuer': issuer,
    'oidc.audience': AUDIENCE,
    'oidc.client-id': 'keyward-console',
    address,
    port: consolePort,
};
const console_ = spawn(
    java,
    [
        '--enable-native-access=ALL-UNNAMED',
        '--sun-misc-unsafe-memory-access=allow',
        ...Object.entries(settings).map(([name, value]) => `-Dkeyward.console.${name}=${value}`),
        '-cp',
        readFileSync(classpath, 'utf8').trim(),
        'io.keyward.console.web.ConsoleProgram',
        '0',
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
);
await new Promise((resolve, reject) => {
    console_.stdout.once('data', resolve);
    console_.once('exit', code => reject(new Error(`the console has ended with ${code}`)));
});

async function login(browser, user, to) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(address + to);
    assert.equal(new URL(page.url()).origin, issuer, 'a browser without a session is sent to the provider');
    await page.fill('input[name=login]', user);
    await page.fill('input[name=password]', 'any');
    await page.click('button[type=submit]');
    await page.click('button[type=submit]'); // consent
    await page.waitForURL(url => url.origin === address);
    return { context, page };
}

async function token(client) {
    const answer = await fetch(`${issuer}/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${client}:${encodeURIComponent(`secret of ${client}`)}`)}` },
        body: new URLSearchParams({ grant_type: 'client_credentials', resource: 'urn:keyward', scope: 'read' }),
    });
    const body = await answer.json();
    assert.equal(answer.status, 200, JSON.stringify(body));
    return body.access_token;
}

async function api(bearer, resource) {
    const answer = await fetch(address + resource, { headers: { authorization: `Bearer ${bearer}` } });
    return { status: answer.status, body: await answer.text() };
}

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', chromiumSandbox: false });
try {
    const one = await login(browser, 'northwind', '/tenants/northwind?from=link');
    assert.equal(one.page.url(), `${address}/tenants/northwind?from=link`, 'it comes back to the page that it wanted');
    const [cookie] = (await one.context.cookies(address)).filter(({ name }) => name === '__Host-keyward');
    assert.ok(cookie.secure && cookie.httpOnly && cookie.sameSite === 'Lax' && cookie.path === '/', JSON.stringify(cookie));
    assert.ok(cookie.expires < Date.now() / 1000 + 8 * 3600 + 60, 'the session ends');
    await one.page.goto(`${address}/environments`);
    const text = await one.page.textContent('main');
    assert.ok(text.includes('northwind') && !text.includes('contoso'), 'it shows one tenant');
    const [theirs, nobodys] = await Promise.all(['contoso', 'nobodys'].map(async tenant => {
        const answer = await one.context.request.get(`${address}/tenants/${tenant}`);
        return { status: answer.status(), body: (await answer.text()).replaceAll(tenant, 'T') };
    }));
    assert.equal(theirs.status, 404);
    assert.deepEqual(theirs, nobodys, 'what may not be seen looks like what is not there');
    await one.page.goto(`${address}/account`);
    await one.page.click('text=Log out');
    await one.page.waitForSelector('text=You are logged out');
    assert.deepEqual((await one.context.cookies(address)).filter(({ name }) => name === '__Host-keyward'), []);

    const all = await login(browser, 'platform', '/');
    await all.page.goto(`${address}/environments`);
    const everything = await all.page.textContent('main');
    assert.ok(everything.includes('contoso') && everything.includes('fabrikam'), 'it shows every tenant');

    const guest = await login(browser, 'guest', '/');
    assert.ok((await guest.page.textContent('main')).includes("'keyward_tenants' names none"));

    const reader = await token('northwind');
    assert.equal((await api(reader, '/api/v1/tenants/northwind')).status, 200);
    assert.equal((await api(reader, '/api/v1/tenants/contoso')).status, 404);
    assert.ok(!(await api(reader, '/api/v1/environments?limit=200')).body.includes('contoso'));
    assert.equal((await api(await token('platform'), '/api/v1/tenants/contoso')).status, 200);
    assert.equal((await api(await token('guest'), '/api/v1/environments')).status, 401);
    assert.equal((await api(`${reader}x`, '/api/v1/environments')).status, 401);
    console.log('Logins and tokens of a certified OpenID provider let in whom they name, and nobody else.');
} finally {
    await browser.close();
    console_.kill();
    served.close();
}
