// The preview in a browser while a copy of a book is written: how soon a save is on the screen, what stays where it is,
// findings at their paragraphs, files that cannot be read, are new, renamed or gone, the editor, and the printed page.
//
//     node tests/watch/browse.mjs PROGRAM CONTENT FOLDER-FOR-SCREENSHOTS
//
// Runs where `puppeteer-core` and `axe-core` are installed; CHROMIUM names the browser.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const [program, content, screens] = process.argv.slice(2)
const require = createRequire(resolve('package.json'))
const { default: puppeteer } = await import(require.resolve('puppeteer-core'))
const axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8')
await mkdir(screens, { recursive: true })

const until = async (holds, what) => {
    for (const end = Date.now() + 60_000; !await holds();) {
        assert.ok(Date.now() < end, what)
        await new Promise(done => setTimeout(done, 20))
    }
}

// A copy of the book, and an editor that notes what it was asked to open.
const desk = await mkdtemp(join(tmpdir(), 'fascicle-watch-'))
const folder = join(desk, 'content')
await cp(content, folder, { recursive: true })
const opened = join(desk, 'opened')
await writeFile(join(desk, 'editor.mjs'), `import { appendFileSync } from 'node:fs'
appendFileSync(${JSON.stringify(opened)}, process.argv.slice(2).join(' ') + '\\n')`)
const editor = `"${process.execPath}" "${join(desk, 'editor.mjs')}" {file} {line}`
const watch = spawn(program, ['watch', folder, '--port', '0', '--editor', editor])
let said = ''
let origin = ''
watch.stdout.on('data', text => origin += text)
watch.stderr.on('data', text => said += text)
await until(() => origin.includes('\n') && said.includes('warning'), 'no address')
origin = origin.trim()

const path = name => join(folder, name)
const read = name => readFile(path(name), 'utf8')
const chapter = (await readdir(path('chapters')))[0]
const file = `chapters/${chapter}`
const place = `${origin}chapter-${chapter.replace('.md', '.html')}`

const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] })
const page = await browser.newPage()
const faults = []
page.on('pageerror', error => faults.push(error.message))
page.on('request', request => {
    const url = request.url()
    if (!url.startsWith(origin) && !url.startsWith('data:')) faults.push(`asks for ${url}`)
})
await page.setViewport({ width: 1280, height: 900 })
await page.goto(place)
const settled = () => page.waitForFunction(() => document.documentElement.dataset.revision > 0
    && document.querySelector('.preview-status').textContent === 'As saved')
await settled()
const shows = text => page.waitForFunction(text => document.querySelector('main').textContent.includes(text), {}, text)

// When a text is on the screen: the frame after the one in which it is in the page.
const seen = text => page.evaluate(text => new Promise(done => {
    const look = () => document.querySelector('main').textContent.includes(text)
        ? done(performance.timeOrigin + performance.now()) : requestAnimationFrame(look)
    requestAnimationFrame(look)
}), text)

// Twenty saves of one paragraph, each when the one before has been checked.
const original = await read(file)
const [head, body] = [original.slice(0, original.indexOf('+++', 3) + 4), original.slice(original.indexOf('+++', 3) + 4)]
const took = []
for (let save = 0; save < 20; save++) {
    const text = `Saved for the time ${save}.`
    const waiting = seen(text)
    await page.evaluate(() => 0)
    const start = Date.now()
    await writeFile(path(file), `${head}\n${text}\n${body}`)
    took.push(await waiting - start)
    const checked = said.length
    await until(() => said.length > checked, 'no word of what was saved')
    await new Promise(done => setTimeout(done, 300))
}
took.sort((a, b) => a - b)
const median = (took[9] + took[10]) / 2
const most = took.at(-1)

// What is read stays where it is, though paragraphs come above it.
await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2))
const middle = () => page.evaluate(() => {
    const block = [...document.querySelectorAll('main p')].find(it => it.getBoundingClientRect().top > 200)
    return [block.textContent, Math.round(block.getBoundingClientRect().top)]
})
const before = await middle()
const many = Array.from({ length: 5 }, (_, at) => `A paragraph above, number ${at}.`).join('\n\n')
await writeFile(path(file), `${head}\n${many}\n${body}`)
await shows('A paragraph above, number 4.')
await settled()
const after = await middle()
assert.equal(after[0], before[0], 'another paragraph is read now')
assert.ok(Math.abs(after[1] - before[1]) <= 2, `it moved from ${before[1]} to ${after[1]}`)

// A finding stands behind its paragraph, which is shown as it was saved.
const wrong = 'This paragraph cites nobody [@nobody-2001-nothing].'
await writeFile(path(file), `${head}\nThe first.\n\n${wrong}\n\nThe last of three.\n${body}`)
await shows('The last of three.')
await page.waitForSelector('main .preview-finding.error')
const noted = await page.$eval('main .preview-finding.error', it => [it.previousElementSibling.textContent, it.textContent])
assert.match(noted[0], /^This paragraph cites nobody/)
assert.match(noted[1], /nobody-2001-nothing/)
await page.evaluate(() => scrollTo(0, 0))
await page.screenshot({ path: join(screens, 'finding.png') })

// A file that cannot be read keeps the page as it was, and shows why.
await writeFile(path(file), `+++\ntitle = “Curly”\n+++\n\nNobody sees this.\n`)
await page.waitForFunction(() => document.querySelector('.preview-status').textContent.includes('cannot be read'))
assert.ok(await page.evaluate(() => document.querySelector('main').textContent.includes('The last of three.')))
await page.click('.preview-count')
assert.match(await page.$eval('#preview-findings', it => it.textContent), new RegExp(`${file}:2`))
await page.screenshot({ path: join(screens, 'broken.png') })
await page.click('.preview-count')

// Saved by renaming another file, as vim does it, with a swap file beside it.
await writeFile(path(`chapters/.${chapter}.swp`), 'swap')
await writeFile(path(`${file}~`), `${head}\nSaved by renaming.\n${body}`)
await rename(path(`${file}~`), path(file))
await shows('Saved by renaming.')
await settled()
assert.equal(await page.$('main .preview-finding.error'), null)

// Many files at once are shown once; what was saved before has been checked by then.
for (let length = -1; length !== said.length;) {
    length = said.length
    await new Promise(done => setTimeout(done, 2_000))
}
const references = (await readdir(path('references'))).slice(0, 40)
const lines = said.split('\n').length
const texts = await Promise.all(references.map(name => read(`references/${name}`)))
references.forEach((name, at) => writeFileSync(path(`references/${name}`), `${texts[at]}\nOne more line.\n`))
await until(() => said.includes(`${references.length} files: `), 'not all at once')
assert.equal(said.split('\n').length - lines, 1, said)

// A file that is new, has another name, and is gone.
const handbook = await read('handbook.toml')
const name = chapter.replace('.md', '')
const named = other => handbook.replace(`"${name}"`, `"${name}", "${other}"`)
await mkdir(path('chapters'), { recursive: true })
await writeFile(path('chapters/brand-new.md'), '+++\ntitle = "Brand new"\n+++\n\nNobody has read this before.\n')
await writeFile(path('handbook.toml'), named('brand-new'))
await page.waitForFunction(() => document.querySelector('.contents')?.textContent.includes('Brand new'))
await page.goto(`${origin}chapter-brand-new.html`)
await shows('Nobody has read this before.')
await rename(path('chapters/brand-new.md'), path('chapters/renamed.md'))
await writeFile(path('handbook.toml'), named('renamed'))
await page.waitForFunction(() => document.querySelector('.preview-status').textContent.includes('no longer in the book'))
await page.goto(`${origin}chapter-renamed.html`)
await shows('Nobody has read this before.')
await rm(path('chapters/renamed.md'))
await writeFile(path('handbook.toml'), handbook)
await page.waitForFunction(() => document.querySelector('.preview-status').textContent.includes('no longer in the book'))

// A click tells the place and opens it; a request from elsewhere does not.
await page.goto(place)
await settled()
const [first] = await page.$$('main p[data-file]')
await first.click({ offset: { x: 5, y: 5 } })
await page.waitForFunction(() => !document.querySelector('.preview-place').hidden)
const told = await page.$eval('.preview-place', it => it.textContent)
assert.ok(told.startsWith(`${file}:`), told)
const asked = () => readFile(opened, 'utf8').catch(() => '')
await until(async () => (await asked()).includes(`${file} ${told.split(':')[1]}\n`), `the editor got ${await asked()}`)
const other = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end(`<form method="post"
    enctype="text/plain" action="${origin}-/open"><input name='{"file":"${file}","line":1,"x":"' value='"}'></form>`))
await new Promise(done => other.listen(0, '127.0.0.1', done))
const stranger = await browser.newPage()
await stranger.goto(`http://127.0.0.1:${other.address().port}/`)
const [refused] = await Promise.all([stranger.waitForNavigation(), stranger.$eval('form', form => form.submit())])
assert.equal(refused.status(), 403)
await stranger.close()
other.close()
const opens = await asked()
assert.equal(opens.split('\n').length, 2, opens)

// No barriers, in the light and in the dark.
for (const value of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }])
    await page.evaluate(axe)
    const { violations } = await page.evaluate(() => window.axe.run({
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    }))
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(node => node.html).join(' ')}`)
    assert.deepEqual(found, [], value)
}
await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }])

// The printed page beside the text; after a save, the new one.
await page.click('.preview-print')
page.setDefaultTimeout(300_000)
const drawn = () => page.waitForFunction(() => {
    const sheet = document.querySelector('#preview-paper img')
    return sheet.complete && sheet.naturalWidth > 1000 && !document.querySelector('#preview-paper[aria-busy]')
})
await page.waitForFunction(() => document.querySelector('#preview-paper img').getAttribute('src'))
await drawn()
const pageOf = () => page.$eval('#preview-paper img', it => it.getAttribute('src'))
const was = await pageOf()
assert.match(await page.$eval('.preview-pages', it => it.textContent), /^Page \d+ \(\d+ of \d+\)$/)
await page.screenshot({ path: join(screens, 'paper.png') })
const start = Date.now()
await writeFile(path(file), `${head}\nPrinted anew.\n${body}`)
await page.waitForFunction(was => document.querySelector('#preview-paper img').getAttribute('src') !== was, {}, was)
await drawn()
const again = Date.now() - start

assert.deepEqual(faults, [])
await browser.close()
watch.kill()
await rm(desk, { recursive: true })
console.log(`watch: a save is on the screen in ${median.toFixed(0)} ms (median of ${took.length}, ${most.toFixed(0)} ms at most), `
    + `its printed page in ${again} ms`)
