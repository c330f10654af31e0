// What a screen reader is told, what is copied, and what is found, in headless Chromium: the accessibility tree of a
// section, a table, a chart, an article and a comment, at the size of a phone and of a tablet, against `tree.txt`.
//
//     node tests/reader/hear.mjs FOLDER
//
// FOLDER is the EPUB of `content/`, unpacked. Runs where `puppeteer-core` is installed; CHROMIUM names the browser. With
// FASCICLE_BLESS=1, the tree is written, to be read and committed.

import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const [folder] = process.argv.slice(2)
const require = createRequire(resolve('package.json'))
const { default: puppeteer } = await import(require.resolve('puppeteer-core'))
const TREE = new URL('tree.txt', import.meta.url)

const PARTS = [
    ['section', 'chapter-bones', 'section'],
    ['section that begins a page', 'part-sites', 'section'],
    ['table', 'chapter-bones', '.table:not(.chart)'],
    ['techniques at a glance', 'site-liver', '.glance'],
    ['chart', 'chapter-bones', '.chart'],
    ['article', 'references', '.entry'],
    ['comment', 'chapter-bones', '.editorial'],
]
// With large text, tables are cards on a phone.
const SCREENS = [{ width: 360, height: 640, text: 2 }, { width: 768, height: 1024, text: 1 }]

const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--allow-file-access-from-files'],
})
const page = await browser.newPage()
const client = await page.createCDPSession()
const open = name => page.goto(pathToFileURL(resolve(folder, 'OEBPS', `${name}.xhtml`)).href)

// The lines of a node and what is below it; texts that follow each other are one.
const lines = (node, nodes, depth) => {
    const below = (node.childIds ?? []).flatMap(id => nodes.has(id) ? lines(nodes.get(id), nodes, depth + !node.ignored) : [])
    const role = node.role?.value
    if (role === 'InlineTextBox') return []
    if (node.ignored || role === 'generic' || role === 'none') return below.map(line => ({ ...line, depth: line.depth - (node.ignored ? 0 : 1) }))
    const level = node.properties?.find(it => it.name === 'level')?.value.value
    // A hyphen that may come is not spoken.
    const name = (node.name?.value ?? '').replaceAll('\u00ad', '')
    return [{ depth, role, level, name }, ...below]
}
const written = found => {
    const joined = []
    for (const line of found) {
        const last = joined.at(-1)
        const isText = line.role === 'StaticText'
        if (isText && last?.role === 'StaticText' && last.depth === line.depth) last.name += line.name
        else joined.push({ ...line })
    }
    return joined.map(({ depth, role, level, name }) => {
        const what = role === 'StaticText' ? 'text' : [role, level].filter(it => it !== undefined).join(' ')
        return `${'  '.repeat(depth)}${what}${name ? ` "${name}"` : ''}`
    }).join('\n')
}

const tree = async (name, selector, text) => {
    await open(name)
    await page.evaluate(text => { document.documentElement.style.fontSize = `${100 * text}%` }, text)
    await client.send('DOM.enable')
    await client.send('Accessibility.enable')
    const { root } = await client.send('DOM.getDocument')
    const { nodeId } = await client.send('DOM.querySelector', { nodeId: root.nodeId, selector })
    const { node } = await client.send('DOM.describeNode', { nodeId })
    const { nodes } = await client.send('Accessibility.getFullAXTree')
    const byId = new Map(nodes.map(it => [it.nodeId, it]))
    const own = nodes.find(it => it.backendDOMNodeId === node.backendNodeId)
    assert.ok(own, `${selector} is not in the tree of ${name}`)
    return written(lines(own, byId, 0))
}

const trees = []
for (const screen of SCREENS) {
    const { width, height, text } = screen
    await page.setViewport({ width, height })
    const parts = []
    for (const [what, name, selector] of PARTS) parts.push(`# ${what}\n${await tree(name, selector, text)}\n`)
    trees.push(parts.join('\n'))
}
assert.equal(trees[0], trees[1], 'a phone and a tablet tell different things')
if (process.env.FASCICLE_BLESS) await writeFile(TREE, trees[0])
assert.equal(trees[0], await readFile(TREE, 'utf8'))

// What is selected, from the first element to the last, as it is copied.
const copied = async (name, first, last) => {
    await open(name)
    return page.evaluate((first, last) => {
        const range = document.createRange()
        range.setStartBefore(document.querySelector(first))
        range.setEndAfter(document.querySelector(last))
        getSelection().removeAllRanges()
        getSelection().addRange(range)
        return getSelection().toString().replace(/\n+/g, '\n').trim()
    }, first, last)
}
assert.equal(await copied('chapter-bones', '.editorial', '.editorial'), '[the last two were older]')
assert.match(await copied('chapter-bones', '.notice + p', '.notice + p'), /^Half lived \[the last two were older\] for 22 months \(Lang 2000\)\. A dose was 60 mg\.$/)
assert.equal(await copied('references', '.source', '.links'),
    'Ann Surg. 2000 Apr.\nHepatic things.\nLang H, Raab R.\nPMID 123')
// The label may have hyphens where a line is too short.
assert.match((await copied('references', '.label', '.label')).replaceAll('\u00ad', ''), /^Lang 2000 · leiomyosarcoma · 26 patients/)

// What a search finds.
for (const words of ['Lang 2000', '60 mg', '22 months']) {
    await open('chapter-bones')
    assert.ok(await page.evaluate(words => find(words), words), `“${words}” is not found`)
}

await browser.close()
console.log(`reader: ${PARTS.length} parts of the accessibility tree, on a phone and on a tablet`)
