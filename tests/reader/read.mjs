// Reads the handbook in a real reader engine, foliate-js, in headless Chromium: at the size of a phone and of a tablet,
// light and dark, in ordinary and in large text. Follows a citation, a footnote, a word of the glossary and the page
// list, and keeps screenshots.
//
//     node tests/reader/read.mjs HANDBOOK.epub WITH-FOOTNOTES.epub FOLDER
//
// Runs where `foliate-js` and `puppeteer-core` are installed; CHROMIUM names the browser.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'

const [handbook, footnotes, folder] = process.argv.slice(2)
const require = createRequire(resolve('package.json'))
const engine = dirname(require.resolve('foliate-js/view.js'))
const LOOK = await readFile(new URL('look.js', import.meta.url), 'utf8')
const { default: puppeteer } = await import(require.resolve('puppeteer-core'))

const CHAPTERS = JSON.parse(await readFile(new URL('places.json', import.meta.url)))
const SCREENS = [
    { name: 'phone', width: 360, height: 640 },
    { name: 'small-phone', width: 320, height: 568 },
    { name: 'phone-large-text', width: 360, height: 640, text: 2 },
    { name: 'tablet', width: 820, height: 1180 },
]

const PAGE = `<!DOCTYPE html><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<style>html, body { margin: 0; height: 100% } foliate-view { display: block; width: 100vw; height: 100vh }
.popup { position: fixed; inset: 50% 0 0 0; height: 50vh; background: Canvas }</style>
<script type="module">
import '/engine/view.js'
import { FootnoteHandler } from '/engine/footnotes.js'
window.start = async (path, text) => {
    document.querySelector('foliate-view')?.remove()
    const view = window.view = document.createElement('foliate-view')
    document.body.append(view)
    const notes = new FootnoteHandler()
    notes.addEventListener('before-render', ({ detail }) => {
        detail.view.className = 'popup'
        document.body.append(detail.view)
    })
    notes.addEventListener('render', ({ detail }) => {
        window.popup = { type: detail.type, text: detail.view.renderer.getContents()[0].doc.body.textContent }
        setTimeout(() => detail.view.remove(), 200)
    })
    view.addEventListener('link', event => notes.handle(view.book, event))
    const book = await (await fetch(path)).blob()
    await view.open(new File([book], 'book.epub'))
    view.renderer.setAttribute('max-column-count', '1')
    view.renderer.setStyles('html { color-scheme: light dark; font-size: ' + 100 * text + '% }')
}
window.doc = () => view.renderer.getContents()[0].doc
</script>`

const TYPES = { js: 'text/javascript', html: 'text/html', epub: 'application/epub+zip' }
const server = createServer(async ({ url }, answer) => {
    const path = url === '/handbook.epub' ? handbook : url === '/footnotes.epub' ? footnotes
        : url.startsWith('/engine/') ? join(engine, url.slice('/engine/'.length)) : null
    const body = url === '/' ? PAGE : path && await readFile(path).catch(() => null)
    answer.writeHead(body ? 200 : 404, { 'content-type': TYPES[(path ?? '.html').split('.').pop()] ?? 'text/plain' })
    answer.end(body ?? '')
})
await new Promise(done => server.listen(0, '127.0.0.1', done))
await mkdir(folder, { recursive: true })

const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
})
const page = await browser.newPage()
const faults = []
page.on('pageerror', error => faults.push(String(error)))

const open = async (book, screen, scheme) => {
    await page.setViewport({ width: screen.width, height: screen.height })
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
    await page.goto(`http://127.0.0.1:${server.address().port}/`)
    await page.waitForFunction('window.start')
    await page.evaluate((book, text) => start(book, text), `/${book}.epub`, screen.text ?? 1)
}

// Goes where `href` leads, seen from a chapter or from the package, and gives the printed page and the text that are shown there.
const go = href => page.evaluate(async href => {
    await view.goTo(href)
    await new Promise(done => setTimeout(done, 120))
    const { pageItem, range } = view.lastLocation ?? {}
    return { page: pageItem?.label, text: range?.toString() ?? '' }
}, href.startsWith('OEBPS/') ? href : `OEBPS/${href}`)

// What a reader sees of the chapter; one column is a page.
const look = () => page.evaluate(look => {
    const root = doc().documentElement
    const { columnGap, paddingLeft } = doc().defaultView.getComputedStyle(root)
    const period = view.renderer.size
    const columns = {
        period, width: period - parseFloat(columnGap), start: root.getBoundingClientRect().left + parseFloat(paddingLeft),
    }
    return { ...columns, ...new Function(`${look}; return look`)()(doc(), columns) }
}, LOOK)

// Clicks the first link of a kind; gives where it leads, and from where.
const click = selector => page.evaluate(selector => {
    const link = doc().querySelector(selector)
    const ways = { href: link.getAttribute('href'), id: link.id, text: link.textContent }
    window.popup = null
    link.click()
    return ways
}, selector)

const reads = []
for (const screen of SCREENS) {
    for (const scheme of ['light', 'dark']) {
        await open('handbook', screen, scheme)
        for (const chapter of CHAPTERS) {
            await go(`${chapter}.xhtml`)
            const { width, wide, torn, over, alone, light } = await look()
            assert.ok(width > 0)
            assert.deepEqual({ wide, torn, over, alone }, { wide: [], torn: [], over: [], alone: [] }, `${chapter}, ${screen.name}`)
            assert.ok(scheme === 'dark' ? light > 0.7 : light < 0.3, `${chapter}, ${screen.name}, ${scheme}: ${light}`)
            const name = `${chapter}-${screen.name}-${scheme}.png`
            await page.screenshot({ path: join(folder, name) })
            reads.push(name)
        }
    }
}

await open('handbook', SCREENS[0], 'light')
await go('site-liver--chemoembolization.xhtml')

// A citation shows its entry, and the entry leads back to the citation.
const citation = await click('a[role="doc-biblioref"]')
await page.waitForFunction('window.popup')
const entry = await page.evaluate('popup')
assert.match(entry.text, /PMID|DOI|Read\sat/, entry.text)
assert.equal(entry.type, 'biblioentry')
await go(citation.href)
const back = await page.evaluate((href, id) => {
    const links = [...doc().getElementById(href.split('#')[1]).querySelectorAll('a[role="doc-backlink"]')]
    return links.map(link => link.getAttribute('href')).find(href => href.endsWith(`#${id}`))
}, citation.href, citation.id)
assert.ok(back, 'the entry does not lead back')
const again = await go(back)
assert.ok(again.text.includes(citation.text), again.text)

// A word of the glossary shows what it means.
const word = await click('a[role="doc-glossref"]')
await page.waitForFunction('window.popup')
const meaning = await page.evaluate('popup')
assert.ok(meaning.text.length > word.text.length + 10, meaning.text)

// Each entry of the page list leads to where its page begins.
const list = await page.evaluate(() => view.book.pageList.map(({ label, href }) => ({ label, href })))
assert.ok(list.length > 200, `${list.length} pages`)
for (const { label, href } of [list[0], list[41], list[100], list[200], list.at(-1)]) {
    const { page: shown } = await go(href)
    const mark = await page.evaluate(id => doc().getElementById(id).getAttribute('aria-label'), href.split('#')[1])
    assert.equal(mark, label)
    // More than one page may begin on the screen: the engine names the last of them.
    const place = label => list.findIndex(it => it.label === label)
    assert.ok(place(shown) >= place(label) && place(shown) < place(label) + 3, `${shown}, not ${label}`)
}

// A footnote opens as one, and leads back.
await open('footnotes', SCREENS[0], 'light')
const sections = await page.evaluate(() => view.book.sections.map(section => section.id))
let note
for (const section of sections) {
    await go(section)
    if (await page.evaluate(() => doc().querySelector('a[role="doc-noteref"]') !== null)) {
        note = await click('a[role="doc-noteref"]')
        break
    }
}
assert.ok(note, 'no footnote')
await page.waitForFunction('window.popup')
const shown = await page.evaluate('popup')
assert.equal(shown.type, 'footnote')
assert.ok(shown.text.length > 4 && shown.text.includes('↩'), shown.text)

assert.deepEqual(faults, [])
await browser.close()
server.close()
console.log(`reader: ${CHAPTERS.length} chapters, ${reads.length} screens, ${list.length} pages in the page list`)
