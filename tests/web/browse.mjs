// Reads the web edition in headless Chromium: follows every link, searches as a reader would, reads pages of each kind on
// a phone, in large text, in the dark, on paper and without scripts, tries to run a script that the policy forbids, and
// has axe look for barriers.
//
//     node tests/web/browse.mjs EDITION FOLDER-FOR-SCREENSHOTS
//
// Runs where `puppeteer-core` and `axe-core` are installed; CHROMIUM names the browser.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { mkdir, readFile, readdir, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { extname, join, normalize, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'

const [edition, folder] = process.argv.slice(2)
const require = createRequire(resolve('package.json'))
const { default: puppeteer } = await import(require.resolve('puppeteer-core'))
const axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8')
await mkdir(folder, { recursive: true })

const TYPES = {
    '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.png': 'image/png',
    '.svg': 'image/svg+xml', '.jpg': 'image/jpeg',
}
const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname))
    try {
        const bytes = await readFile(join(edition, path === '/' ? 'index.html' : path))
        response.writeHead(200, { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(bytes)
    } catch {
        response.writeHead(404).end()
    }
})
await new Promise(done => server.listen(0, '127.0.0.1', done))
const origin = `http://127.0.0.1:${server.address().port}/`

const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] })
const page = await browser.newPage()
const faults = []
page.on('pageerror', error => faults.push(error.message))
page.on('console', message => message.type() === 'error' && faults.push(message.text()))
page.on('request', request => {
    const url = request.url()
    if (!url.startsWith(origin) && !url.startsWith('data:')) faults.push(`asks for ${url}`)
})

const open = async (name, { width = 1280, height = 900, scheme = 'light', zoom = 1 } = {}) => {
    // Text of twice the size is as a window of half the width.
    await page.setViewport({ width: Math.round(width / zoom), height, deviceScaleFactor: zoom })
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
    await page.goto(origin + name)
}
const until = async (holds, what) => {
    for (const end = Date.now() + 30_000; !await holds();) {
        assert.ok(Date.now() < end, what)
        await new Promise(done => setTimeout(done, 50))
    }
}
const name = () => page.url().slice(origin.length)
const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

// Every link leads to a page and a place that are there.
const all = (await readdir(edition)).filter(file => file.endsWith('.html')).sort()
const [files, moved] = [[], []]
for (const file of all) {
    const text = await readFile(join(edition, file), 'utf8')
    ;(text.includes('name="robots" content="noindex"') ? moved : files).push([file, text])
}
files.forEach(([file], number) => { files[number] = file })
// An address of an earlier edition leads to a page of today.
for (const [file, text] of moved) {
    const [, to] = text.match(/<a href="([^"#]+)/)
    assert.ok(files.includes(to), `${file} → ${to}: no such page`)
    if (text.includes('http-equiv="refresh"')) assert.ok(text.includes(`content="0; url=${to}`), file)
}
const pages = new Map()
await page.setJavaScriptEnabled(false)
for (const file of files) {
    await open(file)
    pages.set(file, await page.evaluate(() => ({
        ids: [...document.querySelectorAll('[id]')].map(it => it.id),
        links: [...document.querySelectorAll('a[href]')].map(it => it.getAttribute('href')),
        headings: document.querySelectorAll('h1').length,
        title: document.title,
        open: [...document.querySelectorAll('main a:not([href])')].map(it => it.textContent),
    })))
}
let links = 0
for (const [file, { ids, links: all, headings, open: dead }] of pages) {
    assert.equal(new Set(ids).size, ids.length, `${file} has an id twice`)
    assert.equal(headings, 1, `${file} has ${headings} headings of the first level`)
    assert.deepEqual(dead, [], `${file} has links that lead nowhere`)
    for (const link of all.filter(link => !/^(https?|mailto):/.test(link))) {
        const [path, hash] = link.split('#')
        links += 1
        if (path.startsWith('../')) {
            assert.ok(await stat(join(edition, path)).then(() => true, () => false), `${file} → ${link}`)
            continue
        }
        const target = pages.get(path || file)
        assert.ok(target, `${file} → ${link}: no such page`)
        assert.ok(!hash || target.ids.includes(hash), `${file} → ${link}: no such place`)
    }
}
assert.equal(new Set([...pages.values()].map(it => it.title)).size, pages.size, 'two pages have one title')

// A page and what it loads first come in 60 KB, as servers send them: packed. The largest pages are indexes.
const bytes = async (...names) => {
    const all = await Promise.all(names.map(name => readFile(join(edition, name))))
    return all.reduce((sum, text) => sum + gzipSync(text).length, 0)
}
const shared = await bytes(...(await readdir(edition)).filter(name => /\.css$/.test(name)), 'search.js')
let largest = 0
for (const file of files) largest = Math.max(largest, shared + await bytes(file))
assert.ok(largest < 60_000, `${largest} bytes of a page`)
const index = (await stat(join(edition, 'search-index.js'))).size
assert.ok(index < 400_000, `${index} bytes of what can be found`)

// Without a script, every page is reached from the first one.
const reached = new Set(['index.html'])
for (const file of reached) {
    for (const link of pages.get(file).links) {
        const path = link.split('#')[0]
        if (pages.has(path)) reached.add(path)
    }
}
assert.deepEqual(files.filter(file => !reached.has(file)), [], 'no way leads there')
await page.setJavaScriptEnabled(true)

// A page of each kind, on a phone, in text of twice the size, in the dark and on paper.
const kinds = new Map()
for (const file of files) {
    const kind = file.replace(/\.html$/, '').replace(/\..*/, '.').replace(/--.*/, '--').replace(/^([a-z]+)-.*?(--)?$/, '$1$2')
    if (!kinds.has(kind)) kinds.set(kind, file)
}
for (const file of kinds.values()) {
    for (const [look, how] of Object.entries({
        phone: { width: 320, height: 640 }, large: { width: 640, zoom: 2 }, dark: { scheme: 'dark' }, wide: {},
    })) {
        await open(file, how)
        assert.ok(await overflow() <= 0, `${file}, ${look}: ${await overflow()} pixels too wide`)
        if (look !== 'large') await page.screenshot({ path: join(folder, `${file}-${look}.png`) })
        if (look === 'large') continue
        await page.evaluate(axe)
        const { violations } = await page.evaluate(() => window.axe.run({
            runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        }))
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(node => node.html).join(' ')}`)
        assert.deepEqual(found, [], `${file}, ${look}`)
    }
}

// Searches, as people type them: what comes first, and where the enter key leads.
const search = async typed => {
    await open('index.html')
    await page.type('#query', typed)
    await until(() => page.evaluate(() => document.querySelector('.status').textContent !== ''), `no answer to ${typed}`)
    return page.$$eval('.results a', found => found.map(it => it.getAttribute('href')))
}
const [queries] = process.argv.slice(4)
for (const [typed, wanted] of Object.entries(JSON.parse(queries ?? '{}'))) {
    const [first] = await search(typed)
    assert.equal(first, wanted, `“${typed}” finds ${first}`)
    await page.keyboard.press('Enter')
    await until(() => name() === wanted, `enter leads to ${name()}`)
}
assert.deepEqual(await search('zzzzqqqq'), [])
const [first] = pages.keys()
await open(first)
await page.keyboard.press('/')
assert.equal(await page.evaluate(() => document.activeElement.id), 'query')

// Words that somebody else put into a page run nothing.
assert.deepEqual(faults, [])
const ran = await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.ran = true'
    document.body.append(script)
    const image = document.createElement('img')
    image.setAttribute('onerror', 'window.ran = true')
    image.src = 'nothing.png'
    document.body.append(image)
    return new Promise(done => setTimeout(() => done(Boolean(window.ran)), 300))
})
assert.equal(ran, false, 'an injected script ran')

await browser.close()
server.close()
console.log(`web: ${files.length} pages, ${links} links, ${kinds.size} kinds of page, at most ${largest} bytes for the first view, ${index} for the search`)
