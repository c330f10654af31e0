// The metadata of an EPUB as Readium's parser reads them, on which Thorium is built; as JSON.
//
//     node tests/reader/readium.cjs HANDBOOK.epub
//
// Runs where `r2-shared-js` is installed.

const { createRequire } = require('node:module')
const { resolve } = require('node:path')

const here = createRequire(resolve('package.json'))
const { EpubParsePromise } = here('r2-shared-js/dist/es8-es2017/src/parser/epub')
const { initGlobalConverters_GENERIC, initGlobalConverters_SHARED } = here('r2-shared-js/dist/es8-es2017/src/init-globals')
const { TaJsonSerialize } = here('r2-lcp-js/dist/es8-es2017/src/serializable')

initGlobalConverters_GENERIC()
initGlobalConverters_SHARED()
EpubParsePromise(process.argv[2]).then(book => console.log(JSON.stringify(TaJsonSerialize(book).metadata)))
