// What a reader would see of a page of text: what runs out of its column, words that are broken without a hyphen, texts
// that are printed on each other, heads of tables on pages before those of their rows, and how light the text is. Each engine
// that the book is read in runs this.
//
// `period` is how far apart columns begin, `width` how wide they are, `start` where the first one begins.

function look(doc, { period, width, start }) {
    const view = doc.defaultView
    // Browsers lay out in steps of 1/64 pixel: in a long file, each column may add as much.
    const runsOut = ({ left, right }) => {
        const drift = Math.abs(left - start) / period / 64
        const within = (((left - start + 1 + drift) % period) + period) % period - 1 - drift
        return right > left && within + right - left > width + 1.5 + drift
    }
    // What is for the ear alone is a pixel wide, and so is what it is in.
    const isShown = element => {
        for (let it = element; it && it !== doc.body; it = it.parentElement) {
            const { position, overflowX } = view.getComputedStyle(it)
            if (position === 'absolute' && overflowX === 'hidden') return false
        }
        return true
    }
    const wide = [], torn = [], boxes = []
    const walker = doc.createTreeWalker(doc.body, view.NodeFilter.SHOW_TEXT)
    const range = doc.createRange()
    while (walker.nextNode()) {
        const text = walker.currentNode
        if (!text.data.trim() || !isShown(text.parentElement)) continue
        range.selectNodeContents(text)
        const rects = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1)
        if (rects.some(runsOut)) wide.push(text.data.slice(0, 40))
        boxes.push(...rects.map(({ left, top, right, bottom }) => ({ left, top, right, bottom, text })))
        if (rects.length < 2) continue
        // Addresses break anywhere.
        if (text.data.includes('://') || text.parentElement.closest('a[href^="http"]')) continue
        for (const { 0: word, index } of text.data.matchAll(/[\p{L}\u00ad]{2,}/gu)) {
            // It has a hyphen where it ends a line.
            if (word.includes('\u00ad')) continue
            range.setStart(text, index)
            range.setEnd(text, index + word.length)
            const lines = new Set([...range.getClientRects()].filter(it => it.width > 1).map(it => Math.round(it.left / period) * 1e5 + Math.round(it.top)))
            if (lines.size > 1) torn.push(word)
        }
    }
    for (const picture of doc.querySelectorAll('img, svg'))
        if (runsOut(picture.getBoundingClientRect())) wide.push(picture.localName)
    // Lines may touch, letters may not: half a line of common height and some width is a text on another.
    boxes.sort((a, b) => a.left - b.left)
    const over = []
    for (let i = 0; i < boxes.length; i++) {
        const a = boxes[i]
        for (let j = i + 1; j < boxes.length && boxes[j].left < a.right - 2; j++) {
            const b = boxes[j]
            const common = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
            if (common > 0.6 * Math.min(a.bottom - a.top, b.bottom - b.top))
                over.push(`${a.text.data.slice(0, 30)} | ${b.text.data.slice(0, 30)}`)
        }
    }
    const columnOf = row => Math.floor((row.getClientRects()[0].left - start + 1) / period)
    const alone = []
    for (const { rows } of doc.querySelectorAll('table')) {
        const shown = [...rows].filter(row => row.getBoundingClientRect().height > 1)
        shown.slice(1).forEach((row, index) => {
            const before = shown[index]
            if (!before.querySelector('td') && columnOf(row) !== columnOf(before)) alone.push(before.textContent.trim().slice(0, 40))
        })
    }
    const [red, green, blue] = view.getComputedStyle(doc.body).color.match(/[\d.]+/g).map(Number)
    const some = list => [...new Set(list)].slice(0, 5)
    return { wide: some(wide), torn: some(torn), over: some(over), alone: some(alone), light: (red + green + blue) / 765 }
}
