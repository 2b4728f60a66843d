// Searches by keyboard, picks names for a what-if, and watches a page that refreshes itself, in a real browser.
//
// browser.mjs calls it last, because it changes what the console shows: `await live(browser, Visit, address)`. The variable
// CONSOLE_INPUT names the standard input of ConsoleProgram, which takes event lines.
import { appendFileSync } from 'node:fs';

const ORDERS = '/tenants/northwind/environments/orders-prod';
const RESTORED = {
    topic: 'key-restored',
    value: { eventId: 'live', tenantId: 'northwind', occurredAt: '2026-08-04T02:00:00Z', vaultUri: 'https://kv-northwind.vault.azure.net', keyName: 'orders' },
};

function check(holds, text) {
    if (!holds) throw new Error(text);
}

async function suggestions(visit, address) {
    const page = visit.page;
    const field = page.locator('.top input[name=q]');
    const option = page.locator('.top [role=option]');
    await page.goto(address);
    await visit.tabTo('.top input[name=q]');
    await page.keyboard.type('rders-p');
    await option.first().waitFor();
    check((await field.getAttribute('aria-expanded')) === 'true', 'the list of suggestions is not announced');
    await page.keyboard.press('ArrowDown');
    check((await field.getAttribute('aria-activedescendant')) === (await option.first().getAttribute('id')), 'the suggestion is not announced');
    await visit.look('suggestions');
    await page.keyboard.press('Escape');
    check((await option.count()) === 0 && (await field.inputValue()) === 'rders-p', 'Escape does not close the list alone');
    await page.keyboard.press('ArrowDown');
    await option.first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${ORDERS}`);

    // The whole name leads to the page at once.
    await visit.tabTo('.top input[name=q]');
    await page.keyboard.type('key_revoked');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/environments?warning=KEY_REVOKED');
}

async function pickers(visit, address) {
    const page = visit.page;
    await page.goto(new URL('/whatif?question=rotate', address).href);
    await visit.tabTo('details[open] input[name=keyName]');
    await page.keyboard.type('order');
    await page.locator('details[open] [role=option]').first().waitFor();
    await visit.look('picker');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const values = await page.locator('details[open] form').evaluate(form => Object.fromEntries(new FormData(form)));
    check(values.tenantId === 'northwind' && values.vaultUri === RESTORED.value.vaultUri && values.keyName === 'orders', `picked: ${JSON.stringify(values)}`);
    check((await page.locator('details[open] input[name=expiresAt]').getAttribute('type')) === 'date', 'no native date');
}

// What the reader has done stays while the page becomes another one.
async function refreshes(visit, address) {
    const page = visit.page;
    await page.goto(new URL(ORDERS, address).href);
    await visit.expect('#state', 'Locked');
    check((await page.locator('.local').first().innerText()).includes('GMT+5:30'), 'no local time');
    await page.locator('main details summary').first().press('Enter');
    await page.locator('.top input[name=q]').fill('half a na');
    await page.locator('main .facts a').first().focus();
    const before = await page.evaluate(() => {
        window.scrollTo(0, 300);
        window.here = document.activeElement;
        return window.scrollY;
    });
    appendFileSync(process.env.CONSOLE_INPUT, `${JSON.stringify(RESTORED)}\n`);
    await page.locator('#state', { hasText: 'enabled again' }).waitFor({ timeout: 300_000 });
    const after = await page.evaluate(() => ({
        focus: window.here === document.activeElement && window.here.isConnected,
        open: document.querySelector('main details').open,
        typed: document.querySelector('.top input[name=q]').value,
        scrolled: window.scrollY,
        local: document.querySelectorAll('.local + .local').length,
    }));
    check(after.focus && after.open && after.typed === 'half a na' && after.local === 0, `lost: ${JSON.stringify(after)}`);
    check(before > 0 && Math.abs(after.scrolled - before) < 300, `scrolled from ${before} to ${after.scrolled}`);
    await visit.look('refreshed');
}

// Lets time pass in the page until it shows something. A refresh that is under way has no timer that could fire.
async function later(page, selector) {
    for (let tries = 0; (await page.locator(selector).count()) === 0; tries++) {
        check(tries < 100, `never shown: ${selector}`);
        await page.clock.fastForward(180_000);
        await page.locator(selector).waitFor({ state: 'attached', timeout: 3_000 }).catch(() => {});
    }
}

// A page that cannot be refreshed says so, and that it can be again.
async function old(browser, address) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.clock.install();
    await page.goto(address);
    await context.setOffline(true);
    await later(page, '#old:has-text("cannot be reached. This page is as it was")');
    await context.setOffline(false);
    await later(page, '#old:empty');
    await context.close();
}

export async function live(browser, Visit, address) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 600 }, reducedMotion: 'reduce', timezoneId: 'Asia/Kolkata' });
    const visit = new Visit(await context.newPage(), 'live');
    await suggestions(visit, address);
    await pickers(visit, address);
    await refreshes(visit, address);
    await context.close();
    await old(browser, address);
}
