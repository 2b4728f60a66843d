// Uses the console in a real browser as an administrator would, by keyboard alone, at the size of a desktop and of a phone,
// in light and dark. Fails on a message of the browser's console, a request that fails or goes to another host, a page that
// is wider than the window or larger than 300 KB, and on a finding of axe-core. Names that are as long as names can be are looked
// at on the smallest phone.
//
// Arguments: the folder with the npm packages, the console's address, the folder for the screenshots. With --docs it only
// draws the pictures of the docs; with --measure it prints how long each page takes.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { live } from './browser-live.mjs';

const [packages, address, folder, mode] = process.argv.slice(2);
const require = createRequire(path.resolve(packages, 'node_modules') + '/');
const { chromium } = require('playwright-core');
const axe = readFileSync(path.resolve(packages, 'node_modules/axe-core/axe.min.js'), 'utf8');
mkdirSync(folder, { recursive: true });

const LOCKED = { tenant: 'northwind', environment: 'orders-prod' };
const DRIFTED = 'archive-prod';
const MOST_TABS = 200;
const MOST_BYTES = 300_000;
const VAULT = 'kv-adventure-0000.vault.azure.net';
// The key that 9,000 environments of one tenant use, and what else a fleet makes large.
const LARGE = {
    overview: '/',
    keys: '/keys',
    'keys-revoked': '/keys?standing=REVOKED',
    tenants: '/tenants',
    'tenants-locked': '/tenants?state=LOCKED',
    locked: '/locked',
    'locked-environments': '/locked/environments',
    deadlines: '/deadlines',
    retentions: '/deadlines?kind=RETENTION_END&range=all',
    environments: '/environments',
    search: '/search?q=works-04',
    tenant: '/tenants/adventure-0000',
    environment: '/tenants/adventure-0000/environments/works-000001',
    key: `/tenants/adventure-0000/keys/${VAULT}/works`,
    disable: `/tenants/adventure-0000/keys/${VAULT}/works?ask=disable&version=v1`,
    whatif: `/whatif?question=disable&tenantId=adventure-0000&vaultUri=https://${VAULT}&keyName=works`,
};
const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 }, small: { width: 320, height: 640 } };
const LONG = { tenant: 'n'.repeat(200), environment: 'n'.repeat(200), vault: `${'v'.repeat(63)}.${'w'.repeat(63)}.vault.azure.net`, key: 'k'.repeat(127) };

const problems = [];

// One visit of the site with a size and a colour scheme.
class Visit {
    static async begin(browser, size, scheme) {
        const context = await browser.newContext({ viewport: SIZES[size], colorScheme: scheme, reducedMotion: 'reduce' });
        return new Visit(await context.newPage(), `${size}-${scheme}`);
    }

    constructor(page, name) {
        this.page = page;
        this.name = name;
        page.on('console', message => message.type() !== 'debug' && this.problem(`console: ${message.text()}`));
        page.on('pageerror', error => this.problem(`script: ${error}`));
        // A page that is left ends what it asks for.
        page.on('requestfailed', request => {
            const error = request.failure()?.errorText;
            if (error !== 'net::ERR_ABORTED' || request.resourceType() !== 'fetch') this.problem(`failed: ${request.url()} ${error}`);
        });
        page.on('request', request => {
            if (new URL(request.url()).origin !== new URL(address).origin) this.problem(`foreign: ${request.url()}`);
        });
        page.on('response', response => {
            if (response.status() >= 400) this.problem(`status ${response.status()}: ${response.url()}`);
            const bytes = Number(response.headers()['content-length'] ?? 0);
            if (bytes > MOST_BYTES) this.problem(`${bytes} bytes: ${response.url()}`);
        });
    }

    problem(text) {
        problems.push(`${this.name} ${this.page.url()}: ${text}`);
    }

    // Checks the page, and keeps a picture of it.
    async look(name) {
        await this.page.evaluate(axe);
        const findings = await this.page.evaluate(() => window.axe.run({ rules: { 'target-size': { enabled: true } } }));
        for (const finding of findings.violations) {
            this.problem(`axe ${finding.id}: ${finding.nodes.map(node => node.target).join(' | ')}`);
        }
        const wider = await this.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (wider > 0) this.problem(`${wider} pixels wider than the window`);
        await this.page.screenshot({ path: path.join(folder, `${name}-${this.name}.png`), fullPage: true });
    }

    // Moves the focus with the tab key until it is on what the selector names. The focus must be visible on the way.
    async tabTo(selector) {
        for (let tab = 0; tab < MOST_TABS; tab++) {
            await this.page.keyboard.press('Tab');
            const focus = await this.page.evaluate(wanted => {
                const element = document.activeElement;
                const style = getComputedStyle(element);
                return {
                    reached: element.matches(wanted),
                    visible: style.outlineStyle !== 'none' || style.boxShadow !== 'none',
                    name: element.outerHTML.split('\n')[0].slice(0, 80),
                };
            }, selector);
            if (!focus.visible && !focus.name.startsWith('<body')) this.problem(`the focus does not show on ${focus.name}`);
            if (focus.reached) return;
        }
        throw new Error(`${this.name}: ${selector} cannot be reached by keyboard on ${this.page.url()}`);
    }

    async follow(selector) {
        await this.tabTo(selector);
        await Promise.all([this.page.waitForEvent('framenavigated'), this.page.keyboard.press('Enter')]);
        await this.page.waitForLoadState();
    }

    async expect(selector, text) {
        const found = await this.page.locator(selector).first().innerText();
        if (!found.includes(text)) throw new Error(`${this.name}: '${selector}' says '${found}' instead of '${text}'`);
    }
}

async function journey(visit) {
    const page = visit.page;
    await page.goto(address);
    await visit.look('overview');

    // The first stop of the tab key leads past the menu.
    await page.keyboard.press('Tab');
    if (!(await page.evaluate(() => document.activeElement.matches('a.skip')))) visit.problem('no link skips the menu');

    // Finds one environment among many, with the form at the top and with that of the page.
    await visit.tabTo('.top input[name=q]');
    await page.keyboard.type('no-such');
    await Promise.all([page.waitForURL('**/search?**'), page.keyboard.press('Enter')]);
    await visit.expect('#count', 'No name contains this text');
    await visit.tabTo('main input[name=q]');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('orders-p');
    await Promise.all([page.waitForURL('**/search?q=orders-p'), page.keyboard.press('Enter')]);
    await visit.look('search');

    // Reads why it is locked.
    await visit.follow(`#found a[href$="/environments/${LOCKED.environment}"]`);
    await visit.expect('#state', 'Locked');
    await visit.expect('#why + *', 'revoked');
    await visit.look('environment');

    // Asks what disabling its key would do: whether it may, and what would follow.
    await visit.follow('.facts a[href*="/keys/"]');
    await visit.tabTo('select[name=version]');
    await page.keyboard.press('ArrowDown');
    await visit.tabTo('#ask ~ form button');
    await page.keyboard.press('Enter');
    await page.locator('#disable .notice').waitFor();
    await visit.expect('#disable', 'Not safe');
    await visit.look('key');
    await visit.follow('#disable a[href^="/whatif"]');
    await visit.expect('section[aria-labelledby=result]', 'Raised: Key revoked');
    await visit.look('whatif');

    // Sees the deadlines.
    await visit.follow('.top nav a[href="/deadlines"]');
    await visit.look('deadlines');

    // Follows what is not as decided from the overview to the reports, and to the proof of the rotation.
    await visit.follow('.top nav a[href="/"]');
    await visit.follow('a.tile[href*="ENFORCEMENT_DRIFT"]');
    await visit.follow(`main a[href$="/environments/${DRIFTED}"]`);
    await visit.expect('section[aria-labelledby=really]', 'Drifted');
    await visit.tabTo('section[aria-labelledby=really] details:not([open]) summary');
    await page.keyboard.press('Enter');
    await visit.expect('section[aria-labelledby=really] details[open]', 'the change has succeeded');
    await visit.look('enforcement');
    await visit.follow('section[aria-labelledby=really] a[href*="before="]');
    await visit.expect('section[aria-labelledby=timeline]', 'Enforcement reported');
    await visit.follow('.facts a[href*="/keys/"]');
    await visit.expect('section[aria-labelledby=really]', 'Environments proven');
    await visit.look('proof');

    await visit.follow('.top nav a[href="/after-a-restore"]');
    await visit.look('after-a-restore');
    await page.goto(new URL('/environments?state=LOCKED', address).href);
    await visit.look('environments');
    await page.goto(new URL('/tenants/fabrikam', address).href);
    await visit.look('tenant');
}

// What is large in a fleet: that it fits on a page.
async function fleet(visit) {
    for (const [name, place] of Object.entries(LARGE)) {
        await visit.page.goto(new URL(place, address).href);
        await visit.look(`fleet-${name}`);
    }
}

// Prints the time and the size of each answer, one request at a time, after as many that do not count.
async function measure() {
    console.log('| page | p50 ms | p99 ms | KB |\n|---|---:|---:|---:|');
    for (const place of Object.values(LARGE)) {
        const times = [];
        let bytes = 0;
        const rounds = place.startsWith('/whatif') ? 10 : 300;
        for (let request = 0; request < 2 * rounds; request++) {
            const start = performance.now();
            const answer = await fetch(new URL(place, address));
            bytes = (await answer.arrayBuffer()).byteLength;
            if (!answer.ok) throw new Error(`${answer.status}: ${place}`);
            if (request >= rounds) times.push(performance.now() - start);
        }
        times.sort((one, other) => one - other);
        const at = share => times[Math.floor(times.length * share)].toFixed(1);
        console.log(`| \`${place}\` | ${at(0.5)} | ${at(0.99)} | ${(bytes / 1000).toFixed(0)} |`);
    }
}

async function longNames(visit) {
    const { tenant, environment, vault, key } = LONG;
    const places = {
        overview: '/',
        environments: `/environments?tenant=${tenant}`,
        search: `/search?q=${tenant}`,
        deadlines: `/deadlines?tenant=${tenant}`,
        tenant: `/tenants/${tenant}`,
        environment: `/tenants/${tenant}/environments/${environment}`,
        key: `/tenants/${tenant}/keys/${vault}/${key}?ask=disable`,
        whatif: `/whatif?question=disable&tenantId=${tenant}&vaultUri=https://${vault}&keyName=${key}`,
    };
    for (const [name, place] of Object.entries(places)) {
        await visit.page.goto(new URL(place, address).href);
        await visit.look(`long-${name}`);
    }
}

// Without scripts, every form is answered as well.
async function withoutScripts(browser) {
    const context = await browser.newContext({ viewport: SIZES.desktop, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(new URL('/search', address).href);
    await page.locator('main input[name=q]').fill('orders-p');
    await page.keyboard.press('Enter');
    await page.locator('#found a').first().click();
    await page.locator('.facts a[href*="/keys/"]').click();
    await page.locator('#ask ~ form button').click();
    if (!(await page.locator('#disable').innerText()).includes('Not safe')) problems.push('no answer without scripts');
    await context.close();
}

async function pictures(browser) {
    const pages = {
        overview: '/',
        locked: '/locked',
        deadlines: '/deadlines',
        environment: '/tenants/northwind/environments/orders-prod',
        key: '/tenants/northwind/keys/kv-northwind.vault.azure.net/orders?ask=disable&version=v1',
        enforcement: '/tenants/relecloud/environments/archive-prod#really',
        whatif: '/whatif?question=disable&tenantId=contoso&vaultUri=https://kv-contoso.vault.azure.net&keyName=hr',
    };
    const context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
    for (const [name, place] of Object.entries(pages)) {
        const page = await context.newPage();
        await page.goto(new URL(place, address).href);
        await page.screenshot({ path: path.join(folder, `console-${name}.png`) });
    }
    await context.close();
}

if (mode === '--measure') {
    await measure();
    process.exit(0);
}
// As root, Chromium's sandbox does not work.
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', chromiumSandbox: false });
try {
    if (mode === '--docs') {
        await pictures(browser);
        process.exit(0);
    }
    for (const size of ['desktop', 'phone']) {
        const seen = ['light', 'dark'].map(async scheme => {
            const visit = await Visit.begin(browser, size, scheme);
            await journey(visit);
            await fleet(visit);
            await visit.page.context().close();
            console.log(`seen: ${size}, ${scheme}`);
        });
        await Promise.all(seen);
    }
    const small = await Visit.begin(browser, 'small', 'light');
    await longNames(small);
    await small.page.context().close();
    console.log('seen: long names');
    await withoutScripts(browser);
    console.log('seen: without scripts');
    await live(browser, Visit, address);
    console.log('seen: search and refreshing');
} finally {
    await browser.close();
}
if (problems.length > 0) {
    console.error(problems.join('\n'));
    process.exit(1);
}
