// Reads the catalogues of the download site as Thorium Reader does, with the parser of Readium: the one for OPDS 1.2,
// converted to OPDS 2.0, and the one for OPDS 2.0 itself hold the same books with the same files.
//
//     node tests/site/opds.mjs SITE
//
// Runs where `r2-opds-js` is installed.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'

const [site] = process.argv.slice(2)
const require = createRequire(resolve('package.json'))
const part = path => require(`r2-opds-js/dist/es8-es2017/src/opds/${path}`)
const utils = path => require(`r2-utils-js/dist/es8-es2017/src/_utils/${path}`)
const { initGlobalConverters_OPDS, initGlobalConverters_GENERIC } = part('init-globals')
initGlobalConverters_OPDS()
initGlobalConverters_GENERIC()
const { convertOpds1ToOpds2 } = part('converter')
const { OPDS } = part('opds1/opds')
const { OPDSFeed } = part('opds2/opds2')
const { XML } = utils('xml-js-mapper')
const { TaJsonDeserialize } = require('r2-lcp-js/dist/es8-es2017/src/serializable')
const { DOMParser } = require('@xmldom/xmldom')

const xml = new DOMParser().parseFromString(await readFile(join(site, 'opds.xml'), 'utf8'), 'application/xml')
const first = convertOpds1ToOpds2(XML.deserialize(xml, OPDS))
const second = TaJsonDeserialize(JSON.parse(await readFile(join(site, 'opds.json'), 'utf8')), OPDSFeed)

const ACQUISITION = 'http://opds-spec.org/acquisition/open-access'
// What a reader sees of a book, and what is fetched for it.
const seen = ({ Metadata, Links }) => ({
    title: Metadata.Title.toString(),
    identifier: Metadata.Identifier,
    authors: Metadata.Author.map(person => person.Name.toString()),
    files: Links.filter(link => [link.Rel].flat(2).includes(ACQUISITION)).map(link => `${link.TypeLink} ${link.Href}`),
})
const [one, other] = [first, second].map(feed => feed.Publications.map(seen))
assert.ok(one.length > 0 && one.every(book => book.files.length > 0), 'a book without a file')
assert.deepEqual(one, other)
assert.equal(first.Metadata.Title.toString(), second.Metadata.Title.toString())
console.log(`feeds: the parser of Readium finds ${one.length} publications in both catalogues`)
