// Uses the download site in headless Chromium: finds handouts by typing; and with scripts turned off, follows every link, downloads every file and
// compares its checksum, reads the page at 320 pixels, with the keyboard alone, in the dark and on paper, and has axe
// look for barriers.
//
//     node tests/site/browse.mjs SITE FOLDER-FOR-SCREENSHOTS
//
// Runs where `puppeteer-core` and `axe-core` are installed; CHROMIUM names the browser.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { extname, join, normalize, resolve } from 'node:path'

const [site, folder] = process.argv.slice(2)
const require = createRequire(resolve('package.json'))
const { default: puppeteer } = await import(require.resolve('puppeteer-core'))
const axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8')
await mkdir(folder, { recursive: true })

const TYPES = {
    '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.xml': 'application/atom+xml', '.json': 'application/opds+json',
    '.js': 'text/javascript', '.png': 'image/png', '.pdf': 'application/pdf', '.epub': 'application/epub+zip',
}
const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname))
    try {
        const bytes = await readFile(join(site, path === '/' ? 'index.html' : path))
        response.writeHead(200, { 'Content-Type': TYPES[extname(path)] ?? 'text/html; charset=utf-8' }).end(bytes)
    } catch {
        response.writeHead(404).end()
    }
})
await new Promise(done => server.listen(0, '127.0.0.1', done))
const origin = `http://127.0.0.1:${server.address().port}/`

const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] })
const page = await browser.newPage()
await page.setJavaScriptEnabled(false)
const faults = []
page.on('pageerror', error => faults.push(error.message))
page.on('response', response => response.status() >= 400 && faults.push(`${response.status()} ${response.url()}`))

const open = async (width, height, scheme = 'light') => {
    await page.setViewport({ width, height })
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
    await page.goto(origin)
}
// A key has done its work some moments after it was pressed.
const until = async (holds, what) => {
    for (const end = Date.now() + 30_000; !await holds();) {
        assert.ok(Date.now() < end, what)
        await new Promise(done => setTimeout(done, 50))
    }
}
const shoot = name => page.screenshot({ path: join(folder, `${name}.png`) })

// What is typed finds handouts; without a script, there is no field that would do nothing.
await open(1280, 900)
assert.ok(!await page.$eval('.finder', it => it.checkVisibility()), 'a field that finds nothing')
await page.setJavaScriptEnabled(true)
await open(1280, 900)
const seen = () => page.$$eval('#newest .handouts li', found => found.filter(it => it.checkVisibility()).length)
const every = await seen()
const words = await page.$eval('#newest .handouts li[data-names]', it => it.dataset.names.split(' '))
const word = words.find(word => /^\p{L}{3,}$/u.test(word))
await page.type('.finder input', word.toLowerCase())
assert.ok(await seen() > 0 && await seen() < every, `${word} finds ${await seen()} of ${every} handouts`)
assert.match(await page.$eval('.finder [role=status]', it => it.textContent), /\d/)
await shoot('found')
await page.type('.finder input', 'xyzxyz')
assert.equal(await seen(), 0)
await page.setJavaScriptEnabled(false)

// Every link leads somewhere, and every file is what its checksum says.
await open(1280, 900)
assert.equal(await page.$$eval('script:not([src="site.js"]), iframe, object, embed', found => found.length), 0, 'the page runs something')
const links = await page.$$eval('a[href], link[href], img[src]', found => found.map(it => it.href ?? it.src))
const sums = Object.fromEntries(await page.$$eval('dt', found =>
    found.map(it => [it.textContent, it.nextElementSibling.textContent])))
let files = 0
for (const link of new Set(links.filter(link => link.startsWith(origin)))) {
    const { pathname, hash } = new URL(link)
    if (hash) assert.ok(await page.$(hash.replaceAll('.', '\\.')), `nothing is called ${hash}`)
    const response = await fetch(link)
    assert.equal(response.status, 200, link)
    const name = pathname.split('/').pop()
    if (!pathname.startsWith('/editions/')) continue
    const digest = createHash('sha256').update(Buffer.from(await response.arrayBuffer())).digest('hex')
    assert.equal(digest, sums[name], name)
    files += 1
}
assert.ok(files >= 3, `only ${files} files`)
await shoot('desktop')

// A click on a file downloads it.
const session = await page.createCDPSession()
const downloads = resolve(folder, 'downloads')
await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads, eventsEnabled: true })
const done = new Promise((yes, no) => {
    session.on('Browser.downloadProgress', event => event.state === 'completed' && yes())
    setTimeout(() => no(new Error('no download')), 60_000).unref()
})
await page.click('a[href$=".epub"]')
await done

// At 320 pixels, and with letters twice as large, nothing is cut off or beside the screen.
// The policy of the page forbids what is tried here.
await page.setBypassCSP(true)
for (const [name, letters] of [['phone', 1], ['phone-large-text', 2]]) {
    await open(320, 640)
    await page.addStyleTag({ content: `html { font-size: ${112.5 * letters}% }` })
    await page.$$eval('details', found => found.forEach(it => { it.open = true }))
    const width = await page.evaluate(() => document.scrollingElement.scrollWidth)
    assert.ok(width <= 320, `${name}: ${width} pixels wide`)
    const small = await page.$$eval('.files li', found => found.filter(it => it.getBoundingClientRect().height < 44).length)
    assert.equal(small, 0, `${name}: ${small} files are too small for a finger`)
    await shoot(name)
}

await page.setBypassCSP(false)

// With the keyboard alone: first past the head, then through all that can be used, always seen.
await open(1280, 900)
const reachable = await page.$$eval('a[href], summary', found =>
    found.filter(it => it.checkVisibility()).length)
const focused = () => page.evaluate(() => {
    const { tagName, textContent } = document.activeElement
    const style = getComputedStyle(document.activeElement)
    return { tagName, textContent, seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 }
})
await page.bringToFront()
await page.keyboard.press('Tab')
assert.equal(await page.evaluate(() => document.activeElement.hash), '#newest', 'the first key stops at the link past the head')
await page.keyboard.press('Enter')
await until(() => page.evaluate(() => location.hash === '#newest'), 'that link leads past the head')
await page.goto(origin)
for (let number = 0; number < reachable; number += 1) {
    await page.keyboard.press('Tab')
    const { tagName, textContent, seen } = await focused()
    assert.ok(tagName === 'A' || tagName === 'SUMMARY', `${tagName} has the focus`)
    assert.ok(seen, `the focus is not seen on ${textContent}`)
}
await page.focus('summary')
await page.keyboard.press('Enter')
await until(() => page.$eval('details', it => it.open), 'the checksums open with the keyboard')

// What is put into the page does not run.
await page.setJavaScriptEnabled(true)
await open(1280, 900)
const ran = await page.evaluate(() => {
    document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = true' }))
    return window.ran
})
assert.equal(ran, undefined, 'the policy lets a script run that was put in')

// In the light and in the dark, no barrier that a program can find (WCAG 2.2 AA).
for (const scheme of ['light', 'dark']) {
    await open(1280, 900, scheme)
    await page.$$eval('details', found => found.forEach(it => { it.open = true }))
    await page.evaluate(axe)
    const { violations, passes } = await page.evaluate(async () => {
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
        return await axe.run(document, { runOnly: tags })
    })
    assert.deepEqual(violations.map(it => `${it.id}: ${it.nodes.map(node => node.html).join(' ')}`), [], scheme)
    assert.ok(passes.some(it => it.id === 'color-contrast'), 'contrast was measured')
    const paper = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
    const light = paper.match(/\d+/g).slice(0, 3).every(value => Number(value) > 127)
    assert.equal(light, scheme === 'light', `${scheme}: the page is ${paper}`)
    await shoot(scheme)
}

// On paper.
await open(1280, 900, 'dark')
await page.emulateMediaType('print')
const ink = await page.evaluate(() => getComputedStyle(document.documentElement).color)
assert.equal(ink, 'rgb(0, 0, 0)', `printed in ${ink}`)
const printed = await page.pdf({ path: join(folder, 'printed.pdf'), format: 'A4' })
assert.ok(printed.length > 10_000, 'an empty page was printed')

assert.deepEqual(faults, [])
console.log(`site: ${links.length} links, ${files} files with their checksums, ${reachable} stops of the Tab key, no barrier`)
await browser.close()
server.close()
